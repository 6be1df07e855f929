package org.oncotwin.api.twin;

/** A quantity seen at a time, with the noise of seeing it. */
public sealed interface Observation {

    /** What was seen. */
    Quantity quantity();

    /** When. */
    SimulationTime time();

    /** How far the observed value may lie from the true one. */
    NoiseModel noise();

    /** A number that was seen, in the unit of its quantity. */
    record Scalar(Quantity quantity, SimulationTime time, double value, NoiseModel noise) implements Observation {}

    /** A field that was seen, in the unit of its quantity. */
    record Image(Quantity quantity, SimulationTime time, Field value, NoiseModel noise) implements Observation {}
}
