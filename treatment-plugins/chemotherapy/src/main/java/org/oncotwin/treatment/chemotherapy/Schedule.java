package org.oncotwin.treatment.chemotherapy;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.oncotwin.api.treatment.StudyCalendar;
import org.oncotwin.api.twin.SimulationTime;

/** Days on which doses are given: a cycle of some days and the days of it with a dose, the first being day 0 here (day 1 in clinical words). */
enum Schedule {
    /** One dose every 21 days. */
    EVERY_3_WEEKS("every-3-weeks", 21, 0),
    /** One dose every 14 days. */
    EVERY_2_WEEKS("every-2-weeks", 14, 0),
    /** One dose every 28 days. */
    EVERY_4_WEEKS("every-4-weeks", 28, 0),
    /** One dose every 7 days; a cycle is a week. */
    WEEKLY("weekly", 7, 0),
    /** One dose every day; a cycle is a day. */
    DAILY("daily", 1, 0),
    /** One dose on each day from Monday to Friday; a cycle is such a day. */
    WEEKDAYS("weekdays", 0),
    /** Days 1 to 5 of 28, as temozolomide is given after radiation. */
    DAYS_1_TO_5_OF_28("days-1-5-of-28", 28, 0, 1, 2, 3, 4),
    /** Days 1, 8 and 15 of 28, as weekly paclitaxel is given. */
    DAYS_1_8_15_OF_28("days-1-8-15-of-28", 28, 0, 7, 14),
    /** Days 1 to 5 of 21, as cisplatin is given for tumours of the testis. */
    DAYS_1_TO_5_OF_21("days-1-5-of-21", 21, 0, 1, 2, 3, 4),
    /** As the case says: {@code doses_per_cycle} consecutive days in each {@code cycle_length}. */
    CUSTOM("custom", 0);

    private final String word;
    private final double length;
    private final int[] days;

    Schedule(String word, double length, int... days) {
        this.word = word;
        this.length = length;
        this.days = days;
    }

    String word() {
        return word;
    }

    /** The words in case files, the default first. */
    static List<String> words() {
        return Arrays.stream(values()).map(Schedule::word).toList();
    }

    static Schedule of(String word) {
        return Arrays.stream(values())
                .filter(schedule -> schedule.word.equals(word))
                .findFirst()
                .orElseThrow();
    }

    /** Number of doses in a cycle, if the schedule itself says so. */
    int dosesPerCycle(int custom) {
        return switch (this) {
            case WEEKDAYS -> 1;
            case CUSTOM -> custom;
            default -> days.length;
        };
    }

    /**
     * Times of the doses, all but those of broken cycles at the start's time of day.
     *
     * @param customLength length of a custom cycle in days
     * @param customDoses doses of a custom cycle
     */
    List<SimulationTime> times(
            SimulationTime start, int cycles, StudyCalendar calendar, double customLength, int customDoses) {
        if (this == WEEKDAYS) {
            return weekdays(start, cycles, calendar);
        }
        double cycle = this == CUSTOM ? customLength : length;
        List<SimulationTime> times = new ArrayList<>();
        for (int number = 0; number < cycles; number++) {
            long begins = Math.round(number * cycle * SimulationTime.MILLISECONDS_PER_DAY);
            for (int dose = 0; dose < dosesPerCycle(customDoses); dose++) {
                int day = this == CUSTOM ? dose : days[dose];
                times.add(start.plusMilliseconds(begins + day * SimulationTime.MILLISECONDS_PER_DAY));
            }
        }
        return List.copyOf(times);
    }

    private static List<SimulationTime> weekdays(SimulationTime start, int doses, StudyCalendar calendar) {
        long first = Math.floorDiv(start.milliseconds(), SimulationTime.MILLISECONDS_PER_DAY);
        List<SimulationTime> times = new ArrayList<>();
        for (long later = 0; times.size() < doses; later++) {
            DayOfWeek day = calendar.dayOfWeek(first + later);
            if (day != DayOfWeek.SATURDAY && day != DayOfWeek.SUNDAY) {
                times.add(start.plusMilliseconds(later * SimulationTime.MILLISECONDS_PER_DAY));
            }
        }
        return List.copyOf(times);
    }
}
