package org.oncotwin.api.treatment;

/**
 * A number that people want to read about a course, such as its biologically effective dose.
 *
 * @param name lower-case words joined by underscores
 * @param title a few words for people
 * @param value the number
 * @param unit UCUM unit
 */
public record CourseFact(String name, String title, double value, String unit) {}
