package dev.partita.declaration;

import dev.partita.table.RangeLimit;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Cells of a time grid that a careless template of names would confuse: neighbours, the same hour of another day, the same
 * day of another month or year, and the turns of the year, where the year of a week is not the calendar's.
 */
final class LikelyTwins {

    private static final int NEIGHBOURS = 370;
    private static final int HOURS = 48;
    private static final int DAYS = 400;
    private static final int YEARS = 12;
    private static final int DAYS_AROUND_NEW_YEAR = 12;

    private LikelyTwins() {}

    /** About a thousand cells, some of them twice. */
    static List<Cell> of(TimeGrid grid) {
        List<Cell> cells = new ArrayList<>();
        Cell first = grid.cellAt(grid.place(LocalDateTime.of(2023, 12, 20, 0, 0)));
        Cell cell = first;
        for (int i = 0; i < NEIGHBOURS; i++) {
            cells.add(cell);
            cell = grid.next(cell);
        }
        LocalDateTime start = grid.time(first.from()).toLocalDateTime();
        for (int hours = 1; hours <= HOURS; hours++) {
            cells.add(at(grid, start.plusHours(hours)));
        }
        for (int days = 1; days <= DAYS; days++) {
            cells.add(at(grid, start.plusDays(days)));
        }
        LocalDateTime christmas = LocalDateTime.of(2023, 12, 26, 0, 0);
        for (int year = 0; year < YEARS; year++) {
            for (int days = 0; days < DAYS_AROUND_NEW_YEAR; days++) {
                cells.add(at(grid, christmas.plusYears(year).plusDays(days)));
            }
        }
        return cells;
    }

    private static Cell at(TimeGrid grid, LocalDateTime time) {
        RangeLimit place = grid.place(time);
        return grid.cellAt(place);
    }
}
