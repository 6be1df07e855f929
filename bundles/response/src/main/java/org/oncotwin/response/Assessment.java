package org.oncotwin.response;

/**
 * A visit and what it is called.
 *
 * @param visit the visit
 * @param recist by RECIST 1.1
 * @param immune by iRECIST
 */
public record Assessment(Visit visit, Recist recist, ImmuneResponse immune) {}
