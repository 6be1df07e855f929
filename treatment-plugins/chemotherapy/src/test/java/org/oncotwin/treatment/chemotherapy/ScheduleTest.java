package org.oncotwin.treatment.chemotherapy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.treatment.StudyCalendar;
import org.oncotwin.api.twin.SimulationTime;

class ScheduleTest {

    private static List<Double> days(Schedule schedule, int cycles, double length, int doses) {
        return schedule.times(SimulationTime.ofDays(0.5), cycles, StudyCalendar.MONDAY, length, doses).stream()
                .map(SimulationTime::days)
                .toList();
    }

    @Test
    void everyScheduleHasItsDays() {
        assertThat(days(Schedule.EVERY_3_WEEKS, 3, 0, 0)).containsExactly(0.5, 21.5, 42.5);
        assertThat(days(Schedule.EVERY_2_WEEKS, 2, 0, 0)).containsExactly(0.5, 14.5);
        assertThat(days(Schedule.EVERY_4_WEEKS, 2, 0, 0)).containsExactly(0.5, 28.5);
        assertThat(days(Schedule.WEEKLY, 3, 0, 0)).containsExactly(0.5, 7.5, 14.5);
        assertThat(days(Schedule.DAILY, 3, 0, 0)).containsExactly(0.5, 1.5, 2.5);
        assertThat(days(Schedule.WEEKDAYS, 7, 0, 0)).containsExactly(0.5, 1.5, 2.5, 3.5, 4.5, 7.5, 8.5);
        assertThat(days(Schedule.DAYS_1_TO_5_OF_28, 2, 0, 0))
                .containsExactly(0.5, 1.5, 2.5, 3.5, 4.5, 28.5, 29.5, 30.5, 31.5, 32.5);
        assertThat(days(Schedule.DAYS_1_8_15_OF_28, 2, 0, 0)).containsExactly(0.5, 7.5, 14.5, 28.5, 35.5, 42.5);
        assertThat(days(Schedule.DAYS_1_TO_5_OF_21, 1, 0, 0)).containsExactly(0.5, 1.5, 2.5, 3.5, 4.5);
        assertThat(days(Schedule.CUSTOM, 2, 10, 2)).containsExactly(0.5, 1.5, 10.5, 11.5);
        assertThat(days(Schedule.CUSTOM, 3, 0.5, 1)).containsExactly(0.5, 1.0, 1.5);
        for (Schedule schedule : Schedule.values()) {
            assertThat(days(schedule, 0, 10, 2)).as("%s, no cycles", schedule).isEmpty();
            assertThat(Schedule.of(schedule.word())).isEqualTo(schedule);
        }
    }

    @Test
    void weekdaysFollowTheCalendar() {
        StudyCalendar friday = new StudyCalendar(Optional.of(LocalDate.of(2026, 1, 2)));
        assertThat(Schedule.WEEKDAYS.times(SimulationTime.ZERO, 3, friday, 0, 0).stream()
                        .map(SimulationTime::days))
                .containsExactly(0.0, 3.0, 4.0);
    }
}
