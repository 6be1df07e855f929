package org.oncotwin.treatment.radiation.lq;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.treatment.StudyCalendar;
import org.oncotwin.api.twin.SimulationTime;

@Tag("SR-406")
class FractionDaysTest {

    @Test
    void thirtyFractionsFromMondayEndOnDay39() {
        List<Double> days = days(FractionDays.WEEKDAYS, 0, 30, StudyCalendar.MONDAY);
        assertThat(days).hasSize(30).doesNotHaveDuplicates();
        assertThat(days.subList(0, 7)).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0, 7.0, 8.0);
        assertThat(days.get(29)).isEqualTo(39);
    }

    @Test
    void fromWednesdayTheFirstWeekHasThree() {
        List<Double> days = days(FractionDays.WEEKDAYS, 2, 30, StudyCalendar.MONDAY);
        assertThat(days.subList(0, 5)).containsExactly(2.0, 3.0, 4.0, 7.0, 8.0);
        assertThat(days.get(29)).isEqualTo(43);
    }

    @Test
    void fromSaturdayOrSundayTheFirstIsOnMonday() {
        assertThat(days(FractionDays.WEEKDAYS, 5, 2, StudyCalendar.MONDAY)).containsExactly(7.0, 8.0);
        assertThat(days(FractionDays.WEEKDAYS, 6, 2, StudyCalendar.MONDAY)).containsExactly(7.0, 8.0);
    }

    @Test
    void timeOfDayIsKept() {
        assertThat(days(FractionDays.WEEKDAYS, 4.375, 3, StudyCalendar.MONDAY)).containsExactly(4.375, 7.375, 8.375);
        // A quarter to midnight on Friday is Friday.
        assertThat(FractionDays.WEEKDAYS.times(new SimulationTime(5 * 86_400_000L - 1), 2, StudyCalendar.MONDAY))
                .containsExactly(new SimulationTime(5 * 86_400_000L - 1), new SimulationTime(8 * 86_400_000L - 1));
    }

    @Test
    void daysBeforeDayZeroHaveTheirDayOfTheWeek() {
        // Day -3 is a Friday, and noon of day -2 a Saturday.
        assertThat(days(FractionDays.WEEKDAYS, -3, 2, StudyCalendar.MONDAY)).containsExactly(-3.0, 0.0);
        assertThat(days(FractionDays.WEEKDAYS, -1.5, 1, StudyCalendar.MONDAY)).containsExactly(0.5);
    }

    @Test
    void startDateSaysWhichDaysAreWeekends() {
        // 1 May 2025 was a Thursday.
        StudyCalendar calendar = new StudyCalendar(Optional.of(LocalDate.of(2025, 5, 1)));
        assertThat(days(FractionDays.WEEKDAYS, 0, 4, calendar)).containsExactly(0.0, 1.0, 4.0, 5.0);
        assertThat(days(FractionDays.WEEKDAYS, 2, 2, calendar)).containsExactly(4.0, 5.0);
    }

    @Test
    void otherSchedulesDoNotLookAtTheWeek() {
        assertThat(days(FractionDays.DAILY, 4, 4, StudyCalendar.MONDAY)).containsExactly(4.0, 5.0, 6.0, 7.0);
        assertThat(days(FractionDays.EVERY_OTHER_DAY, 3, 3, StudyCalendar.MONDAY))
                .containsExactly(3.0, 5.0, 7.0);
        assertThat(days(FractionDays.WEEKLY, 1, 3, StudyCalendar.MONDAY)).containsExactly(1.0, 8.0, 15.0);
    }

    @Test
    void noFractionsHaveNoTimes() {
        for (FractionDays days : FractionDays.values()) {
            assertThat(days.times(SimulationTime.ZERO, 0, StudyCalendar.MONDAY)).isEmpty();
        }
    }

    private static List<Double> days(FractionDays schedule, double start, int fractions, StudyCalendar calendar) {
        return schedule.times(SimulationTime.ofDays(start), fractions, calendar).stream()
                .map(SimulationTime::days)
                .toList();
    }
}
