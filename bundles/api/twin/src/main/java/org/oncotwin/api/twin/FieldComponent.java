package org.oncotwin.api.twin;

/** A field in the state. */
public record FieldComponent(Quantity quantity, String owner, int schemaVersion, Field field)
        implements StateComponent {

    /** Checks that the quantity is a field. */
    public FieldComponent {
        if (quantity.kind() != QuantityKind.FIELD) {
            throw new IllegalArgumentException(quantity.name() + " is not a field");
        }
    }

    @Override
    public FieldComponent ownedBy(String newOwner) {
        return new FieldComponent(quantity, newOwner, schemaVersion, field);
    }
}
