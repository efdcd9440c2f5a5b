package dev.partita.cli.demo;

import dev.partita.report.Style;
import dev.partita.table.TableName;
import java.sql.SQLException;
import java.util.Locale;

/**
 * What it cost to get rid of old orders.
 *
 * @param millis milliseconds that it took
 * @param logged bytes of write-ahead log that were written for it
 * @param before pages of 8 kB that the table and its indexes took before
 * @param after the same afterwards
 */
record Removal(double millis, long logged, long before, long after) {

    /** What removes them. */
    @FunctionalInterface
    interface Work {
        void run() throws SQLException;
    }

    static Removal of(Shop shop, TableName table, Work work) throws SQLException {
        long pages = shop.pages(table);
        long log = shop.logged();
        long begin = System.nanoTime();
        work.run();
        double millis = (System.nanoTime() - begin) / 1e6;
        return new Removal(millis, shop.logged() - log, pages, shop.pages(table));
    }

    /** This one beside a better one. */
    String[] beside(Removal retired, Style style) {
        return new String[] {
            style.faint(line("", "DELETE, VACUUM", "retire")),
            line("time", Figures.millis(millis), Figures.millis(retired.millis)),
            line("write-ahead log", kilobytes(logged), kilobytes(retired.logged)),
            line("table before", Figures.weight(before), Figures.weight(retired.before)),
            style.good(line("table after", Figures.weight(after), Figures.weight(retired.after))),
        };
    }

    private static String kilobytes(long bytes) {
        return String.format(Locale.ROOT, "%,.0f kB", bytes / 1024d);
    }

    private static String line(String what, String one, String other) {
        return String.format(Locale.ROOT, "%-16s%16s%14s", what, one, other);
    }
}
