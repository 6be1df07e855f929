package org.oncotwin.api.store;

/**
 * One change of the tables of a module. Once released it never changes.
 *
 * @param version 1 for the first
 * @param description a few words
 * @param sql statements, separated by semicolons at line ends, that H2 and PostgreSQL both understand
 */
public record Migration(int version, String description, String sql) {}
