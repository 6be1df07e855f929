package org.oncotwin.api.treatment;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Which day of the week a study day is. Day 0 is a Monday unless the study has a start date.
 *
 * @param startDate calendar date of day 0, if known
 */
public record StudyCalendar(Optional<LocalDate> startDate) {

    /** Day 0 is a Monday. */
    public static final StudyCalendar MONDAY = new StudyCalendar(Optional.empty());

    /** Day of the week of a whole study day, which may be negative. */
    public DayOfWeek dayOfWeek(long day) {
        return startDate.map(LocalDate::getDayOfWeek).orElse(DayOfWeek.MONDAY).plus(day);
    }
}
