package org.oncotwin.api.treatment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SR-406")
class StudyCalendarTest {

    @Test
    void dayZeroIsAMondayWithoutADate() {
        assertThat(StudyCalendar.MONDAY.dayOfWeek(0)).isEqualTo(DayOfWeek.MONDAY);
        assertThat(StudyCalendar.MONDAY.dayOfWeek(30)).isEqualTo(DayOfWeek.WEDNESDAY);
        assertThat(StudyCalendar.MONDAY.dayOfWeek(-1)).isEqualTo(DayOfWeek.SUNDAY);
    }

    @Test
    void dayZeroIsTheStartDateWhereThereIsOne() {
        StudyCalendar calendar = new StudyCalendar(Optional.of(LocalDate.of(2026, 2, 28)));
        assertThat(calendar.dayOfWeek(0)).isEqualTo(DayOfWeek.SATURDAY);
        assertThat(calendar.dayOfWeek(2)).isEqualTo(DayOfWeek.MONDAY);
    }
}
