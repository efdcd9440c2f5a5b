package dev.partita.plan;

import dev.partita.declaration.Grid;
import dev.partita.declaration.TimeGrid;
import dev.partita.table.RangeLimit;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Limits as people read them. */
public final class LimitWords {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter WITH_OFFSET =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mmXXX", Locale.ROOT);

    private LimitWords() {}

    /** The day where a day begins, else the moment (with its offset where the axis knows instants), else the number. */
    public static String of(Grid grid, RangeLimit limit) {
        if (!(grid instanceof TimeGrid time) || !time.reaches(limit)) {
            return limit.toString();
        }
        ZonedDateTime moment = time.time(limit);
        if (moment.toLocalTime().equals(LocalTime.MIDNIGHT)) {
            return moment.toLocalDate().toString();
        }
        return moment.format(time.axis().local() ? MOMENT : WITH_OFFSET);
    }
}
