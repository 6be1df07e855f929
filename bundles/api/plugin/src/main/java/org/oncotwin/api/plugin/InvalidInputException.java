package org.oncotwin.api.plugin;

/** Input that cannot be used. Names the field, the value found and what is allowed, in words for the person who wrote it. */
public class InvalidInputException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final String problem;

    /**
     * An error about one field.
     *
     * @param field where it stands, such as {@code growth.parameters.proliferation}
     * @param problem what is wrong and what is allowed
     */
    public InvalidInputException(String field, String problem) {
        super(field.isEmpty() ? problem : field + ": " + problem);
        this.field = field;
        this.problem = problem;
    }

    /** Where the field stands. */
    public String field() {
        return field;
    }

    /** What is wrong and what is allowed. */
    public String problem() {
        return problem;
    }

    /** The same error seen from further out: {@code growth} in front of {@code parameters.diffusion}. */
    public InvalidInputException within(String outer) {
        String separator = field.isEmpty() || field.startsWith("[") ? "" : ".";
        InvalidInputException moved = new InvalidInputException(outer + separator + field, problem);
        moved.initCause(this);
        return moved;
    }
}
