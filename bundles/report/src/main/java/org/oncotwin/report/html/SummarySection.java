package org.oncotwin.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.oncotwin.api.simulation.Trajectory;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.report.Arm;
import org.oncotwin.report.ReportContent;

/**
 * Key numbers of each arm.
 *
 * @param cards one per arm
 */
record SummarySection(List<Card> cards) {

    /**
     * Key numbers of an arm.
     *
     * @param style how the arm is drawn
     * @param arm name of the arm
     * @param headline volume at the end
     * @param when day of the end
     * @param change change since the start, if it started with a volume
     * @param facts further numbers
     */
    record Card(ArmStyle style, String arm, String headline, String when, Optional<String> change, List<Fact> facts) {}

    /**
     * A number and what it is.
     *
     * @param title what
     * @param value number with unit
     */
    record Fact(String title, String value) {}

    static SummarySection of(ReportContent content) {
        List<Card> cards = new ArrayList<>();
        Arm reference = content.arms().get(0);
        for (int place = 0; place < content.arms().size(); place++) {
            Arm arm = content.arms().get(place);
            Optional<Card> card = card(arm, ArmStyle.of(place), reference);
            card.ifPresent(cards::add);
        }
        return new SummarySection(cards);
    }

    private static Optional<Card> card(Arm arm, ArmStyle style, Arm reference) {
        Trajectory trajectory = arm.result().trajectory();
        List<Double> volumes =
                Observed.values(trajectory, Quantity.TUMOUR_VOLUME).orElse(List.of());
        if (volumes.isEmpty()) {
            return Optional.empty();
        }
        int last = volumes.size() - 1;
        double start = volumes.get(0);
        double end = volumes.get(last);
        String unit = Quantity.TUMOUR_VOLUME.unit();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Volume at day " + Text.day(trajectory.times().get(0).days()), Text.quantity(start, unit)));
        int nadir = 0;
        for (int n = 1; n < volumes.size(); n++) {
            if (volumes.get(n) < volumes.get(nadir)) {
                nadir = n;
            }
        }
        facts.add(new Fact(
                "Smallest volume",
                Text.quantity(volumes.get(nadir), unit) + ", day "
                        + Text.day(trajectory.times().get(nadir).days())));
        Observed.values(trajectory, Quantity.TUMOUR_BURDEN)
                .ifPresent(burden -> facts.add(
                        new Fact("Burden at the end", Text.quantity(burden.get(last), Quantity.TUMOUR_BURDEN.unit()))));
        if (arm != reference) {
            Observed.value(
                            reference.result().trajectory(),
                            Quantity.TUMOUR_VOLUME,
                            trajectory.times().get(last))
                    .filter(volume -> volume > 0)
                    .ifPresent(volume -> facts.add(new Fact(
                            "Final volume, share of “" + reference.name() + "”",
                            Text.number(100 * end / volume) + " %")));
        }
        return Optional.of(new Card(
                style,
                arm.name(),
                Text.quantity(end, unit),
                Text.day(trajectory.times().get(last).days()),
                start > 0 ? Optional.of(Text.change(start, end)) : Optional.empty(),
                facts));
    }
}
