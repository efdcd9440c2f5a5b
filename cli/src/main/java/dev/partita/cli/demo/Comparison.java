package dev.partita.cli.demo;

import dev.partita.report.Style;
import java.util.Locale;

/**
 * One query on a table and on its partitioned successor.
 *
 * @param before on the table
 * @param after on the partitions
 * @param partitions how many there are
 */
record Comparison(Measured before, Measured after, long partitions) {

    String[] lines(Style style) {
        return new String[] {
            style.faint(line("", "before", "after", "")),
            line("partitions read", "", after.tables() + " of " + partitions, ""),
            line(
                    "rows looked at",
                    Figures.about(before.rows()),
                    Figures.about(after.rows()),
                    Figures.ratio(before.rows(), after.rows(), "fewer")),
            line(
                    "pages read",
                    Figures.count(before.pages()),
                    Figures.count(after.pages()),
                    Figures.ratio(before.pages(), after.pages(), "fewer")),
            line("planning", Figures.millis(before.planning()), Figures.millis(after.planning()), ""),
            style.good(line(
                    "execution",
                    Figures.millis(before.execution()),
                    Figures.millis(after.execution()),
                    Figures.ratio(before.execution(), after.execution(), "faster"))),
        };
    }

    private static String line(String what, String one, String other, String words) {
        return String.format(Locale.ROOT, "%-16s%14s%14s   %s", what, one, other, words)
                .stripTrailing();
    }
}
