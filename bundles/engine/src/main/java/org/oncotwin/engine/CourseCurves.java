package org.oncotwin.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.oncotwin.api.twin.Curve;

/**
 * Names of the curves of the courses of a run, each once: a name that an earlier course has is followed by a dot and the number of the course among those of that name, such as {@code cisplatin.plasma.2}. Titles of all that
 * share a name say of which course they are.
 */
final class CourseCurves {

    private CourseCurves() {}

    /**
     * Curves with names of their own.
     *
     * @param labels of the courses, in the order of the case
     * @param curves of each course, as it names them
     */
    static List<List<Curve>> named(List<String> labels, List<List<Curve>> curves) {
        Map<String, Integer> shared = new HashMap<>();
        Set<String> taken = new HashSet<>();
        for (List<Curve> course : curves) {
            for (Curve curve : course) {
                shared.merge(curve.name(), 1, Integer::sum);
                taken.add(curve.name());
            }
        }
        Map<String, Integer> given = new HashMap<>();
        List<List<Curve>> all = new ArrayList<>();
        for (int course = 0; course < curves.size(); course++) {
            List<Curve> own = new ArrayList<>();
            for (Curve curve : curves.get(course)) {
                own.add(shared.get(curve.name()) == 1 ? curve : named(curve, labels.get(course), given, taken));
            }
            all.add(List.copyOf(own));
        }
        return List.copyOf(all);
    }

    private static Curve named(Curve curve, String label, Map<String, Integer> given, Set<String> taken) {
        int number = given.merge(curve.name(), 1, Integer::sum);
        String name = number == 1 ? curve.name() : curve.name() + "." + number;
        // A course may itself have a curve of the name that this one would get.
        while (number > 1 && !taken.add(name)) {
            number = given.merge(curve.name(), 1, Integer::sum);
            name = curve.name() + "." + number;
        }
        return new Curve(name, curve.title() + " (" + label + ")", curve.unit(), curve.days(), curve.values());
    }
}
