package org.oncotwin.api.twin;

/** One part of a twin's state. Data only: it can be saved, compared bit for bit and handed to another version of the plugin that owns it. */
public sealed interface StateComponent permits ScalarComponent, FieldComponent, AgentsComponent {

    /** What it is. */
    Quantity quantity();

    /** Who owns it: the label that the participant has in the combination (its plugin id, with {@code #2} and so on for further courses). */
    String owner();

    /** Version of the meaning and layout of the data, counted by the owner from 1. */
    int schemaVersion();

    /** The same component under another owner label. */
    StateComponent ownedBy(String owner);
}
