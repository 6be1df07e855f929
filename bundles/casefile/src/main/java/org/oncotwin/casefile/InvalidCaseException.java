package org.oncotwin.casefile;

import java.util.List;
import org.oncotwin.api.plugin.InvalidInputException;

/** A case that cannot be run. As an {@link InvalidInputException} it is the first problem; {@link #problems()} has all. */
public final class InvalidCaseException extends InvalidInputException {
    private static final long serialVersionUID = 1L;

    private final transient List<InvalidInputException> problems;

    /** With at least one problem. */
    public InvalidCaseException(List<InvalidInputException> problems) {
        super(problems.get(0).field(), problems.get(0).problem());
        this.problems = List.copyOf(problems);
    }

    /** Every problem found, in the order in which the keys are read. */
    public List<InvalidInputException> problems() {
        return problems;
    }
}
