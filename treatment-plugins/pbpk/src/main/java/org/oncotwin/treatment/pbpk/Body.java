package org.oncotwin.treatment.pbpk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.oncotwin.api.plugin.InvalidInputException;

/**
 * The organs of a patient, in litres and litres per day. Volumes scale with body weight, flows with its power 3/4.
 *
 * @param organs those between arterial and venous blood
 * @param lung between venous and arterial blood
 * @param arterialVolume arterial blood
 * @param venousVolume venous blood
 * @param filtration glomerular filtration rate
 */
record Body(List<Organ> organs, Organ lung, double arterialVolume, double venousVolume, double filtration) {

    static final String LUNG = "lung";
    static final String GUT = "gut";
    static final String LIVER = "liver";
    static final String KIDNEY = "kidney";
    static final String REST = "rest";

    /** From mL/min to L/d. */
    static final double LITRES_PER_DAY = 1.44;

    private static final List<Map<String, String>> ORGANS = Table.read("organs.csv");
    private static final Map<String, Double> QUANTITIES = quantities();

    // Makes the list immutable.
    Body {
        organs = List.copyOf(organs);
    }

    /**
     * An organ, in which drug is mixed at once and leaves with the blood in equilibrium with tissue.
     *
     * @param name its name
     * @param volume in L
     * @param flow of blood that leaves it, in L/d
     * @param partition concentration in tissue over total concentration in plasma
     */
    record Organ(String name, double volume, double flow, double partition) {}

    private static Map<String, Double> quantities() {
        Map<String, Double> quantities = new TreeMap<>();
        Table.read("body.csv")
                .forEach(row -> quantities.put(row.get("quantity"), Double.parseDouble(row.get("value"))));
        return quantities;
    }

    /** Share of the volume of plasma that is protein. */
    static double plasmaProtein() {
        return QUANTITIES.get("plasma_protein_fraction");
    }

    /** Glomerular filtration rate of a healthy adult, in L/d. */
    static double usualFiltration(double weight) {
        return QUANTITIES.get("glomerular_filtration_rate") * LITRES_PER_DAY * StrictMath.pow(weight, 0.75);
    }

    /** Organs that have a compartment of their own unless a caller lumps them. */
    static Set<String> all() {
        Set<String> names = new TreeSet<>();
        ORGANS.forEach(row -> names.add(row.get("organ")));
        // The spleen is part of the rest, so that its blood goes round the liver.
        names.remove("spleen");
        return names;
    }

    /**
     * The body of a patient.
     *
     * @param weight in kg
     * @param filtration glomerular filtration rate in L/d
     * @param apart organs with a compartment of their own, among them lung, gut, liver, kidney and rest; all others are part of the rest
     * @param tumour volume in L, 0 for no tumour
     * @param tumourFlow blood flow of the tumour in L/d, taken from that of the rest
     * @param partition concentration in tissue over that in plasma, by organ
     */
    static Body of(
            double weight,
            double filtration,
            Set<String> apart,
            double tumour,
            double tumourFlow,
            ToDoubleFunction<String> partition) {
        double size = StrictMath.pow(weight, 0.75) * LITRES_PER_DAY;
        double output = QUANTITIES.get("cardiac_output") * size;
        List<Organ> organs = new ArrayList<>();
        double left = output;
        double restVolume = 0;
        double lungVolume = 0;
        for (Map<String, String> row : ORGANS) {
            String name = row.get("organ");
            double volume = Double.parseDouble(row.get("volume")) * weight;
            if (name.equals(LUNG)) {
                lungVolume = volume;
            } else if (name.equals(REST) || !apart.contains(name)) {
                restVolume += volume;
            } else {
                double flow = Double.parseDouble(row.get("flow")) * size;
                organs.add(new Organ(name, volume, flow, partition.applyAsDouble(name)));
                // What leaves the gut goes on to the liver, whose flow counts both.
                left -= name.equals(GUT) ? 0 : flow;
            }
        }
        if (tumour > 0) {
            if (!(tumourFlow < left)) {
                throw new InvalidInputException(
                        "tumour_blood_flow",
                        tumourFlow / LITRES_PER_DAY + " mL/min of the whole tumour is not allowed; allowed is below "
                                + left / LITRES_PER_DAY + " mL/min, what other organs leave of cardiac output");
            }
            organs.add(new Organ("tumour", tumour, tumourFlow, partition.applyAsDouble("tumour")));
            left -= tumourFlow;
        }
        organs.add(new Organ(REST, restVolume, left, partition.applyAsDouble(REST)));
        double blood = QUANTITIES.get("plasma_volume") * 1e-3 * weight / (1 - QUANTITIES.get("haematocrit"));
        return new Body(
                organs,
                new Organ(LUNG, lungVolume, output, partition.applyAsDouble(LUNG)),
                blood / 2,
                blood / 2,
                filtration);
    }

    /** The place of an organ in {@link #organs}. */
    int place(String name) {
        for (int place = 0; place < organs.size(); place++) {
            if (organs.get(place).name().equals(name)) {
                return place;
            }
        }
        throw new IllegalArgumentException("no organ " + name);
    }
}
