package org.oncotwin.casefile;

import java.util.ArrayList;
import java.util.List;
import org.oncotwin.api.plugin.InvalidInputException;

/** Collects what is wrong with a case, so that its author hears of everything at once. */
final class Problems {
    /** More than this many help nobody. */
    private static final int MOST = 50;

    private final List<InvalidInputException> found = new ArrayList<>();
    private int count;

    void add(String path, String problem) {
        add(new InvalidInputException(path, problem));
    }

    void add(InvalidInputException problem) {
        count++;
        if (found.size() < MOST) {
            found.add(problem);
        }
    }

    /** How many there were, beyond those that are told. */
    int count() {
        return count;
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** Throws what was found, if anything. */
    void check() {
        if (!found.isEmpty()) {
            throw new InvalidCaseException(found);
        }
    }
}
