package org.oncotwin.solver.ode;

import java.util.Locale;
import java.util.Optional;

/**
 * Finds that stability, not accuracy, keeps steps short. The last two stages of a step of Dormand and Prince are at one time, so that their difference estimates the
 * largest eigenvalue of the Jacobian: h |lambda| = h |f(y1) - f(y~)| / |y1 - y~|, here with every component on the scale of its tolerance. A solution is called stiff once
 * this was at the limit of stability in 15 steps with no 6 in a row in between that were not (Hairer, Norsett, Wanner: Solving Ordinary Differential Equations I, 2nd ed.,
 * section II.10 and code DOPRI5; II, section IV.2). As there, this starts with step 1000: equations that take fewer steps cost little, whatever limits them. Of one
 * solution.
 */
final class Stiffness {

    private static final long FIRST_STEP = 1000;
    private static final int HITS = 15;
    private static final int MISSES_IN_A_ROW = 6;

    private final double limit;
    private final Names names;
    private int hits;
    private int missesInARow;
    private double ofStep;
    private int component;
    private Optional<String> warning = Optional.empty();

    Stiffness(Method method, Names names) {
        this.limit = method.stabilityLimit();
        this.names = names;
    }

    /** Takes the last two stages of a tried step: the derivatives there and what they are of. */
    void measure(double step, ErrorScale scale, double[][] stages, double[] argumentBefore, double[] after) {
        double[] allowed = scale.at(after);
        double[] last = stages[stages.length - 1];
        double[] before = stages[stages.length - 2];
        double slopes = 0;
        double states = 0;
        double most = -1;
        for (int i = 0; i < names.system().dimension(); i++) {
            double slope = (last[i] - before[i]) / allowed[i];
            double state = (after[i] - argumentBefore[i]) / allowed[i];
            slopes += slope * slope;
            states += state * state;
            if (slope * slope > most) {
                most = slope * slope;
                component = i;
            }
        }
        ofStep = states > 0 ? step * Math.sqrt(slopes / states) : 0;
    }

    /** The step that was measured last is accepted. */
    void accepted(double step, double day, long steps) {
        if (warning.isPresent() || steps < FIRST_STEP) {
            return;
        }
        if (ofStep > limit) {
            missesInARow = 0;
            hits++;
            if (hits == HITS) {
                warning = Optional.of(
                        "the equations seem stiff at day " + day + ": " + names.of(component)
                                + " settles within about " + words(step / ofStep)
                                + ", far faster than the solution moves, and keeps the steps at about " + words(step)
                                + ". The result is within its tolerance, but a solver of stiff equations, such as"
                                + " 'rosenbrock', would take far fewer steps; ask for one or for the kind of stiff ordinary differential equations");
            }
        } else {
            missesInARow++;
            if (missesInARow == MISSES_IN_A_ROW) {
                hits = 0;
            }
        }
    }

    /** What to tell whoever reads the result. */
    Optional<String> warning() {
        return warning;
    }

    /** A time in the largest unit of which it has at least one, with two digits. */
    static String words(double days) {
        String[] units = {"d", "h", "min", "s", "ms"};
        double[] perDay = {1, 24, 1440, 86_400, 86_400_000};
        int unit = 0;
        while (unit < units.length - 1 && days * perDay[unit] < 1) {
            unit++;
        }
        return String.format(Locale.ROOT, "%.2g %s", days * perDay[unit], units[unit]);
    }
}
