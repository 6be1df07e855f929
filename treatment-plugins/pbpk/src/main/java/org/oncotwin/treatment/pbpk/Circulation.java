package org.oncotwin.treatment.pbpk;

import java.util.List;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.treatment.pbpk.Body.Organ;

/**
 * Amounts of drug a in organs, lung, arterial blood, venous blood and lumen of the gut, in this order: {@code da/dt = A a + input}. What leaves with blood has the concentration
 * {@code C R / K}, with C that of tissue, R the ratio of blood to plasma and K that of tissue to plasma at equilibrium. Each column of A sums to minus the share of its compartment that is
 * eliminated in a day.
 */
final class Circulation {

    private final Body body;
    private final double ratio;
    private final double[][] rates;
    private final double[] eliminated;
    private final double[] scale;

    Circulation(Body body, Substance drug, Elimination out) {
        this.body = body;
        this.ratio = drug.bloodPlasmaRatio();
        int count = body.organs().size() + 4;
        rates = new double[count][count];
        eliminated = new double[count];
        scale = new double[count];
        for (int place = 0; place < count; place++) {
            scale[place] = Math.sqrt(equivalentVolume(place));
        }
        flows();
        double filtered = out.renal() / ratio / body.arterialVolume();
        int kidney = body.place(Body.KIDNEY);
        if (!(filtered * body.arterialVolume() < body.organs().get(kidney).flow())) {
            throw new InvalidInputException(
                    "renal_filtration_factor",
                    "the kidneys would clear " + out.renal() / ratio + " L of blood a day, more than the "
                            + body.organs().get(kidney).flow() + " L that reach them");
        }
        // Filtered on the way to the kidney, as in httk: the tissue gets what is left.
        rates[kidney][arterial()] -= filtered;
        eliminated[arterial()] += filtered;
        int liver = body.place(Body.LIVER);
        eliminate(liver, out.hepatic() / ratio / equivalentVolume(liver));
        for (int place = 0; place < lumen(); place++) {
            eliminate(place, out.degradation());
        }
        rates[body.place(Body.GUT)][lumen()] += out.absorption();
        rates[lumen()][lumen()] -= out.absorption();
    }

    private void flows() {
        int liver = body.place(Body.LIVER);
        int gut = body.place(Body.GUT);
        List<Organ> organs = body.organs();
        for (int place = 0; place < organs.size(); place++) {
            double flow = organs.get(place).flow();
            if (place == gut) {
                flow(arterial(), gut, flow);
                flow(gut, liver, flow);
            } else {
                flow(arterial(), place, place == liver ? flow - organs.get(gut).flow() : flow);
                flow(place, venous(), flow);
            }
        }
        double output = body.lung().flow();
        flow(venous(), lung(), output);
        flow(lung(), arterial(), output);
    }

    private void flow(int from, int to, double flow) {
        double rate = flow / equivalentVolume(from);
        rates[to][from] += rate;
        rates[from][from] -= rate;
    }

    private void eliminate(int place, double rate) {
        rates[place][place] -= rate;
        eliminated[place] += rate;
    }

    /** Volume of blood that would hold as much drug at equilibrium, in L. */
    private double equivalentVolume(int place) {
        if (place < body.organs().size()) {
            return equivalentVolume(body.organs().get(place));
        }
        if (place == lung()) {
            return equivalentVolume(body.lung());
        }
        if (place == arterial()) {
            return body.arterialVolume();
        }
        return body.venousVolume();
    }

    private double equivalentVolume(Organ organ) {
        return organ.volume() * organ.partition() / ratio;
    }

    int count() {
        return scale.length;
    }

    int lung() {
        return body.organs().size();
    }

    int arterial() {
        return lung() + 1;
    }

    int venous() {
        return lung() + 2;
    }

    int lumen() {
        return lung() + 3;
    }

    /** A, in 1/d. */
    double[][] rates() {
        return rates;
    }

    /** Share of each amount that is eliminated in a day. */
    double[] eliminated() {
        return eliminated;
    }

    /** By what each amount is divided so that A becomes nearly symmetric and its eigenvectors are well told apart. */
    double[] scale() {
        return scale;
    }
}
