package org.oncotwin.model.checkpoint.inhibitor.tme;

import java.util.Map;
import java.util.TreeMap;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.tumour.immune.TmeParameter;

/** The published model of Kuznetsov et al 1994: its parameters, and everything else of this model switched off. */
final class Kuznetsov {

    static final double A = 0.18;
    static final double B = 2e-9;
    static final double N = 1.101e-7;
    static final double M = 3.422e-10;
    static final double S = 1.3e4;
    static final double P = 0.1245;
    static final double G = 2.019e7;
    static final double D = 0.0412;

    /** Of this model, in cm3; what it is does not matter to the published one, which counts cells. */
    static final double CELL_VOLUME = 2527e-12;

    private Kuznetsov() {}

    static Map<String, Double> values() {
        Map<String, Double> values = new TreeMap<>();
        values.put("proliferation", A);
        values.put("carrying_capacity", CELL_VOLUME / B);
        values.put("tumour_cell_volume", CELL_VOLUME * 1e12);
        values.put("effector_influx", S);
        values.put("effector_recruitment", P);
        values.put("recruitment_half_tumour", G);
        values.put("effector_inactivation", M);
        values.put("effector_death", D);
        values.put("effector_kill", N);
        for (String off : new String[] {
            "kill_saturation",
            "effector_crowding",
            "pd1_kill_inhibition",
            "pd1_proliferation_inhibition",
            "priming",
            "regulatory_suppression",
            "dying_retained",
            "inflammation",
            "extinction"
        }) {
            values.put(off, 0.0);
        }
        return values;
    }

    static Parameters parameters() {
        return Parameters.resolve(TmeParameter.descriptions(), values());
    }
}
