package org.oncotwin.treatment.pbpk;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.MassBalance;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.TimeFunction;
import org.oncotwin.treatment.pbpk.Body.Organ;

/** A drug in the organs of a patient. */
final class BodyDisposition implements Disposition {

    private final SortedMap<String, TimeFunction> concentrations = new TreeMap<>();
    private final DoseHistory history;
    private final double[] present;
    private final double[] eliminated;

    BodyDisposition(Body body, Substance drug, Elimination out, List<Administration> doses, Cancellation cancellation) {
        Circulation circulation = new Circulation(body, drug, out);
        Modes modes = Modes.of(circulation);
        List<Administration> given =
                doses.stream().filter(dose -> dose.amount() > 0).toList();
        history = new DoseHistory(circulation, modes, out.absorbed(), given, cancellation);
        int count = circulation.count();
        double[] all = new double[count];
        Arrays.fill(all, 1);
        present = modes.reading(all);
        eliminated = modes.reading(circulation.eliminated());
        // Plasma is what is drawn from a vein.
        site(PLASMA, circulation.venous(), body.venousVolume() * drug.bloodPlasmaRatio(), count, modes, given);
        for (int place = 0; place < body.organs().size(); place++) {
            Organ organ = body.organs().get(place);
            site(organ.name(), place, organ.volume(), count, modes, given);
        }
        site(Body.LUNG, circulation.lung(), body.lung().volume(), count, modes, given);
    }

    private void site(String name, int place, double volume, int count, Modes modes, List<Administration> given) {
        if (given.isEmpty()) {
            concentrations.put(name, TimeFunction.constant(0));
            return;
        }
        double[] weights = new double[count];
        weights[place] = 1 / volume;
        concentrations.put(name, new ModalConcentration(history, modes.reading(weights)));
    }

    @Override
    public SortedSet<String> sites() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(concentrations.keySet()));
    }

    @Override
    public TimeFunction concentration(String site) {
        TimeFunction concentration = concentrations.get(site);
        if (concentration == null) {
            throw new InvalidInputException(
                    "site", "'" + site + "' is not known; known are " + String.join(", ", concentrations.keySet()));
        }
        return concentration;
    }

    @Override
    public MassBalance massBalance(double day) {
        int stretch = history.stretch(day);
        if (stretch < 0) {
            return new MassBalance(0, 0, 0);
        }
        double lost = history.between(eliminated, 0, stretch)
                + history.within(eliminated, stretch, day, 1)
                + history.unabsorbed(stretch, day);
        // Where modes cancel, rounding may leave less than nothing, in the sixteenth digit of what was given.
        return new MassBalance(
                history.given(stretch, day), Math.max(0, history.within(present, stretch, day, 0)), Math.max(0, lost));
    }
}
