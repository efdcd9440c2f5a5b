package dev.partita.report;

import dev.partita.execution.JournalEntry;
import dev.partita.execution.JournalEntry.Ending;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The journal for people: a line for each step, and below it why it was not done. */
public final class LogText {

    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String INDENT = "    ";

    private final Paper paper;
    private final boolean sql;

    private LogText(Look look, boolean sql) {
        this.paper = new Paper(look);
        this.sql = sql;
    }

    /**
     * The lines in their order; ends with a newline.
     *
     * @param sql whether the statements are shown as well
     */
    public static String of(List<JournalEntry> entries, boolean sql, Look look) {
        LogText text = new LogText(look, sql);
        if (entries.isEmpty()) {
            text.paper.line("Nothing is written down for that.");
        }
        int relations = width(entries, LogText::relation);
        int kinds = width(entries, JournalEntry::what);
        int ends = width(entries, LogText::end);
        entries.forEach(entry -> text.entry(entry, relations, kinds, ends));
        return text.paper.toString();
    }

    private static int width(List<JournalEntry> entries, Function<JournalEntry, String> column) {
        return entries.stream()
                .mapToInt(entry -> Visible.width(column.apply(entry)))
                .max()
                .orElse(0);
    }

    private void entry(JournalEntry entry, int relations, int kinds, int ends) {
        Style style = paper.style();
        String padded = Visible.padded(end(entry), ends);
        String end = entry.ending() == Ending.DONE ? style.good(padded) : style.bad(padded);
        paper.line(style.faint(WHEN.format(entry.at())) + "  " + Visible.padded(relation(entry), relations) + "  "
                + Visible.padded(entry.what(), kinds) + "  " + end + "  " + style.faint(who(entry)));
        entry.detail()
                .ifPresent(detail -> paper.sentence(
                        INDENT + entry.problem().map(code -> code + "  ").orElse(""), Visible.of(detail)));
        if (sql) {
            paper.sentence(INDENT + "-- ", Visible.of(entry.reason()));
            (entry.sql() + ";").lines().forEach(line -> paper.line(INDENT + line));
        }
    }

    private static String relation(JournalEntry entry) {
        return Visible.of(entry.relation());
    }

    /** {@code done in 12 ms}, {@code done in 12 ms at try 3, waited 600 ms}, {@code blocked at try 12, waited 3.6 s}. */
    private static String end(JournalEntry entry) {
        String word = entry.ending().name().toLowerCase(Locale.ROOT);
        String took = entry.ending() == Ending.DONE ? " in " + Amount.time(entry.took()) : "";
        String tries = entry.attempts() == 1 ? "" : " at try " + entry.attempts();
        String waited = entry.waited().isZero() ? "" : ", waited " + Amount.time(entry.waited());
        return word + took + tries + waited;
    }

    private static String who(JournalEntry entry) {
        String role = Visible.of(entry.who().role());
        String user = Visible.of(entry.who().osUser());
        return role.equals(user) ? role : role + " (" + user + ")";
    }
}
