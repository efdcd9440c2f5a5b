package dev.partita.report;

import dev.partita.check.Check;
import dev.partita.check.Leaked;
import dev.partita.check.Looked;
import dev.partita.check.Runway;
import dev.partita.check.TableCheck;
import dev.partita.plan.Severity;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A check in the text format of Prometheus. Every series is always there, so that an alert on it cannot sleep. */
public final class CheckMetrics {

    private final StringBuilder text = new StringBuilder();

    private CheckMetrics() {}

    /** All series; ends with a newline. */
    public static String of(Check check) {
        CheckMetrics metrics = new CheckMetrics();
        metrics.database(check);
        metrics.tables(check);
        return metrics.text.toString();
    }

    private void database(Check check) {
        head("partita_check_timestamp_seconds", "When the check was made, by the database's clock.");
        sample("partita_check_timestamp_seconds", "", check.now().getEpochSecond());
        head("partita_check_tables", "How many partitioned tables there are.");
        sample("partita_check_tables", "", check.tables().size());
        head("partita_check_findings", "Findings about the database and its tables.");
        for (Severity severity : Severity.values()) {
            sample("partita_check_findings", label("severity", word(severity)), check.count(severity));
        }
    }

    private void tables(Check check) {
        each(check, "partita_table_leaves", "How many tables hold the rows of a table.", TableCheck::leaves);
        each(
                check,
                "partita_table_bytes",
                "Size of the rows by the last VACUUM or ANALYZE, without indexes.",
                TableCheck::bytes);
        each(
                check,
                "partita_table_estimated_rows",
                "Rows by the last VACUUM or ANALYZE; 0 before the first.",
                table -> Math.max(0, table.estimatedRows()));
        each(
                check,
                "partita_table_runway_seconds",
                "How long rows have somewhere to go; +Inf where that does not end or cannot be told.",
                table -> table.runway()
                        .time()
                        .map(left -> (double) left.toSeconds())
                        .orElse(Double.POSITIVE_INFINITY));
        each(
                check,
                "partita_table_runway_ids",
                "How many numbers have somewhere to go; +Inf where the key is no number.",
                table -> table.runway() instanceof Runway.Ids ids ? ids.ids().doubleValue() : Double.POSITIVE_INFINITY);
        each(
                check,
                "partita_table_runway_unknown",
                "1 where it cannot be told how long rows have somewhere to go.",
                table -> table.runway() instanceof Runway.Unknown ? 1 : 0);
        each(
                check,
                "partita_table_defaults_with_rows",
                "How many DEFAULT partitions hold rows.",
                table -> count(table, Looked.Filled.class));
        each(
                check,
                "partita_table_defaults_unknown",
                "How many DEFAULT partitions could not be looked into.",
                table -> count(table, Looked.Unknown.class));
        each(
                check,
                "partita_table_default_rows",
                "Rows in DEFAULT partitions, as --scan counted them; 0 without it.",
                CheckMetrics::rows);
        each(
                check,
                "partita_table_drift",
                "In how many ways partitions differ.",
                table -> table.drift().size());
        head("partita_table_findings", "Findings about a table.");
        for (TableCheck table : check.tables()) {
            for (Severity severity : Severity.values()) {
                sample(
                        "partita_table_findings",
                        label("table", table.name().toString()) + "," + label("severity", word(severity)),
                        table.count(severity));
            }
        }
    }

    private static double count(TableCheck table, Class<? extends Looked> kind) {
        return table.defaults().stream()
                .filter(leaked -> kind.isInstance(leaked.looked()))
                .count();
    }

    private static double rows(TableCheck table) {
        return table.defaults().stream()
                .flatMap(leaked -> leaked.counted().stream())
                .mapToLong(Leaked.Counted::rows)
                .sum();
    }

    private void each(Check check, String name, String help, ToDoubleFunction<TableCheck> value) {
        head(name, help);
        for (TableCheck table : check.tables()) {
            sample(name, label("table", table.name().toString()), value.applyAsDouble(table));
        }
    }

    private void head(String name, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(" gauge\n");
    }

    private void sample(String name, String labels, double value) {
        text.append(name);
        if (!labels.isEmpty()) {
            text.append('{').append(labels).append('}');
        }
        text.append(' ').append(number(value)).append('\n');
    }

    /** A name may hold what would end a label's value or its line. */
    private static String label(String name, String value) {
        return name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static String number(double value) {
        if (Double.isInfinite(value)) {
            return "+Inf";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%s", value);
    }

    private static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }
}
