package dev.partita.declaration;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Cells of a time grid that a careless template of names would confuse: neighbours, the same hour of another day, the same
 * day of another month or year, and the turns of the year, where the year of a week is not the calendar's.
 */
final class LikelyTwins {

    private static final LocalDateTime BEGIN = LocalDateTime.of(2023, 12, 20, 0, 0);
    private static final int NEIGHBOURS = 120;
    private static final int HOURS = 48;
    private static final int DAYS = 62;
    private static final int MONTHS = 25;
    private static final int YEARS = 8;
    private static final int DAYS_AROUND_NEW_YEAR = 20;

    private LikelyTwins() {}

    /** A few hundred cells, some of them twice. */
    static List<Cell> of(TimeGrid grid) {
        List<Cell> cells = new ArrayList<>();
        Cell first = grid.cellAt(grid.place(BEGIN));
        Cell cell = first;
        for (int i = 0; i < NEIGHBOURS; i++) {
            cells.add(cell);
            cell = grid.next(cell);
        }
        if (grid.every().unit().compareTo(Period.Unit.DAY) <= 0) {
            LocalDateTime start = grid.time(first.from()).toLocalDateTime();
            for (LocalDateTime time : times(start)) {
                cells.add(grid.cellAt(grid.place(time)));
            }
        }
        return cells;
    }

    private static List<LocalDateTime> times(LocalDateTime start) {
        List<LocalDateTime> times = new ArrayList<>();
        for (int hours = 1; hours <= HOURS; hours++) {
            times.add(start.plusHours(hours));
        }
        for (int days = 1; days <= DAYS; days++) {
            times.add(start.plusDays(days));
        }
        for (int months = 1; months <= MONTHS; months++) {
            times.add(start.plusMonths(months));
        }
        for (int year = 0; year < YEARS; year++) {
            for (int days = 0; days < DAYS_AROUND_NEW_YEAR; days++) {
                times.add(BEGIN.plusYears(year).plusDays(days));
            }
        }
        return times;
    }
}
