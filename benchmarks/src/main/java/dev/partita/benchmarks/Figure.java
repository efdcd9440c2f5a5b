package dev.partita.benchmarks;

/**
 * One line of the page.
 *
 * @param what was measured
 * @param partita what it took partita
 * @param rival what it took the one beside it; empty when there is none
 * @param ratio the first by the second; empty when there is none
 * @param bar what was to be reached; empty when the line only informs
 */
record Figure(String what, String partita, String rival, String ratio, String bar) {

    static Figure beside(String what, double partita, double rival, String unit, String bar) {
        return new Figure(
                what,
                number(partita) + " " + unit,
                number(rival) + " " + unit,
                rival == 0 ? "" : String.format("%.2f", partita / rival),
                bar);
    }

    static Figure alone(String what, double partita, String unit, String bar) {
        return new Figure(what, number(partita) + " " + unit, "", "", bar);
    }

    /** Three digits are as many as a measurement is good for. */
    private static String number(double value) {
        return String.format(value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }
}
