package dev.partita.cli.demo;

import java.util.Locale;

/** Numbers as people read them. */
final class Figures {

    private static final double PAGES_PER_MEGABYTE = 128;

    private Figures() {}

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** Three digits of it: the server counts rows as an average of its workers. */
    static String about(long count) {
        long unit = 1;
        while (count / unit >= 1_000) {
            unit *= 10;
        }
        return count((count + unit / 2) / unit * unit);
    }

    static String millis(double millis) {
        return String.format(Locale.ROOT, "%,.1f ms", millis);
    }

    /** What so many pages of 8 kB weigh. */
    static String weight(long pages) {
        return String.format(Locale.ROOT, "%,.0f MB", pages / PAGES_PER_MEGABYTE);
    }

    /**
     * How much less the second is: {@code 24 times fewer}.
     *
     * @param comparative of what one wants
     */
    static String ratio(double before, double after, String comparative) {
        double ratio = before / Math.max(after, Double.MIN_NORMAL);
        return String.format(Locale.ROOT, ratio < 10 ? "%.1f times %s" : "%.0f times %s", ratio, comparative);
    }
}
