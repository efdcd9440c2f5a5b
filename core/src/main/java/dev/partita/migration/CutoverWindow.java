package dev.partita.migration;

import dev.partita.declaration.WeeklyWindow;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hours in which the new table may take the old one's place: {@code Sun 02:00-04:00 Europe/Berlin}.
 *
 * @param hours of the week
 * @param zone on whose wall clock
 */
public record CutoverWindow(WeeklyWindow hours, ZoneId zone) {

    private static final Pattern WITH_ZONE = Pattern.compile("(.*\\d:\\d\\d)\\s+([A-Za-z][A-Za-z0-9_+:/-]*)");

    /**
     * Hours as in {@link WeeklyWindow#parse}, and a zone behind them; without one, UTC.
     *
     * @param where what a person has to correct
     * @throws PartitaException if they are no hours, or there is no such zone
     */
    public static CutoverWindow parse(String where, String text) {
        Matcher zoned = WITH_ZONE.matcher(text.strip());
        return zoned.matches()
                ? new CutoverWindow(WeeklyWindow.parse(where, zoned.group(1)), zone(where, zoned.group(2)))
                : new CutoverWindow(WeeklyWindow.parse(where, text), ZoneOffset.UTC);
    }

    private static ZoneId zone(String where, String text) {
        try {
            return text.equals("UTC") || text.equals("Z") ? ZoneOffset.UTC : ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new PartitaException(Problem.of(
                    ProblemCode.VALUE_INVALID,
                    where,
                    "'" + text + "' is no time zone",
                    "write its name behind the hours, as in Sun 02:00-04:00 Europe/Berlin; without one it is UTC"));
        }
    }

    /** Whether it is open at this moment. */
    public boolean isOpen(Instant now) {
        return hours.includes(now.atZone(zone));
    }

    /** When it opens next. */
    public Instant next(Instant now) {
        return hours.next(now.atZone(zone)).toInstant();
    }

    /** As it is written, with its zone. */
    @Override
    public String toString() {
        return hours + " " + (zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId());
    }
}
