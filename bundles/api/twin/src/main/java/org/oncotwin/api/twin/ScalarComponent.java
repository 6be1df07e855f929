package org.oncotwin.api.twin;

/** A number in the state. */
public record ScalarComponent(Quantity quantity, String owner, int schemaVersion, double value)
        implements StateComponent {

    /** Checks that the quantity is a scalar. */
    public ScalarComponent {
        if (quantity.kind() != QuantityKind.SCALAR) {
            throw new IllegalArgumentException(quantity.name() + " is not a scalar");
        }
    }

    @Override
    public ScalarComponent ownedBy(String newOwner) {
        return new ScalarComponent(quantity, newOwner, schemaVersion, value);
    }
}
