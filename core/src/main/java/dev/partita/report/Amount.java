package dev.partita.report;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
final class Amount {

    private static final String[] BYTES = {"bytes", "kB", "MB", "GB", "TB", "PB"};
    private static final String[] ROWS = {"", " k", " M", " G"};

    private Amount() {}

    /** As PostgreSQL's {@code pg_size_pretty} counts, in units of 1024: {@code 13.2 GB}. */
    static String bytes(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= 1024 && unit < BYTES.length - 1) {
            amount /= 1024;
            unit++;
        }
        return rounded(amount, unit) + " " + BYTES[unit];
    }

    /** {@code 980}, {@code 48.1 M}. */
    static String rows(double rows) {
        double amount = rows;
        int unit = 0;
        while (amount >= 1000 && unit < ROWS.length - 1) {
            amount /= 1000;
            unit++;
        }
        return rounded(amount, unit) + ROWS[unit];
    }

    private static String rounded(double amount, int unit) {
        return String.format(Locale.ROOT, unit == 0 || amount >= 100 ? "%.0f" : "%.1f", amount);
    }

    /** {@code 12 ms}, {@code 3.4 s}, {@code 2 min 5 s}. */
    static String time(Duration time) {
        long millis = time.toMillis();
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1_000d);
        }
        return time.toMinutes() + " min " + time.toSecondsPart() + " s";
    }

    /** {@code 1 partition}, {@code 2 partitions}. */
    static String count(long count, String noun) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? noun : plural(noun));
    }

    private static String plural(String noun) {
        return noun.endsWith("x") ? noun + "es" : noun.replaceAll("(?<![aeiou])y$", "ie") + "s";
    }
}
