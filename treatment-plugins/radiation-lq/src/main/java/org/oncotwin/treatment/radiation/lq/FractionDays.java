package org.oncotwin.treatment.radiation.lq;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.treatment.StudyCalendar;
import org.oncotwin.api.twin.SimulationTime;

/** Days on which fractions are given. */
enum FractionDays {
    /** Monday to Friday. */
    WEEKDAYS("weekdays"),
    /** Every day. */
    DAILY("daily"),
    /** Every second day, whatever day of the week it is. */
    EVERY_OTHER_DAY("every-other-day"),
    /** Every seventh day. */
    WEEKLY("weekly");

    private final String word;

    FractionDays(String word) {
        this.word = word;
    }

    /** The words in case files, the default first. */
    static List<String> words() {
        return Arrays.stream(values()).map(d -> d.word).toList();
    }

    static FractionDays of(String field, String word) {
        return Arrays.stream(values())
                .filter(d -> d.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        field, "'" + word + "' is not allowed; allowed is one of " + words()));
    }

    /** Times of the fractions: the first on the first allowed day from the start on, all at the start's time of day. */
    List<SimulationTime> times(SimulationTime start, int fractions, StudyCalendar calendar) {
        long firstDay = Math.floorDiv(start.milliseconds(), SimulationTime.MILLISECONDS_PER_DAY);
        List<SimulationTime> times = new ArrayList<>(fractions);
        for (long later = 0; times.size() < fractions; later++) {
            if (includes(later, calendar.dayOfWeek(firstDay + later))) {
                times.add(start.plusMilliseconds(later * SimulationTime.MILLISECONDS_PER_DAY));
            }
        }
        return List.copyOf(times);
    }

    private boolean includes(long daysAfterStart, DayOfWeek day) {
        return switch (this) {
            case WEEKDAYS -> day != DayOfWeek.SATURDAY && day != DayOfWeek.SUNDAY;
            case DAILY -> true;
            case EVERY_OTHER_DAY -> daysAfterStart % 2 == 0;
            case WEEKLY -> daysAfterStart % 7 == 0;
        };
    }
}
