package org.oncotwin.engine;

/**
 * A number on which a run depends.
 *
 * @param participant label of the plugin in the combination
 * @param name parameter, with tissue class where it has one, or {@code initial.} and a quantity for a number that the growth model is started from
 */
record ParameterName(String participant, String name) {

    private static final String INITIAL = "initial.";

    static ParameterName initial(String participant, String quantity) {
        return new ParameterName(participant, INITIAL + quantity);
    }

    /** True for a number that the growth model is started from. */
    boolean isInitial() {
        return name.startsWith(INITIAL);
    }

    /** The quantity of a number that the growth model is started from. */
    String initialQuantity() {
        return name.substring(INITIAL.length());
    }

    @Override
    public String toString() {
        return participant + " " + name;
    }
}
