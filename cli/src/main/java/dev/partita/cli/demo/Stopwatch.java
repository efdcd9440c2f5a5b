package dev.partita.cli.demo;

import java.util.Locale;

/** Time that has gone by; its text is such as {@code 5.2 s}. */
record Stopwatch(long startedAt) {

    static Stopwatch started() {
        return new Stopwatch(System.nanoTime());
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - startedAt) / 1e9);
    }
}
