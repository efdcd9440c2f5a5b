package dev.partita.report;

import dev.partita.check.Check;
import dev.partita.check.Leaked;
import dev.partita.check.Looked;
import dev.partita.check.Runway;
import dev.partita.check.TableCheck;
import dev.partita.plan.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A check for people: a line for each table, then what was found. */
public final class CheckText {

    /** What a narrow terminal does without, in this order. */
    private static final List<Column> DISPENSABLE = List.of(Column.KEY, Column.SIZE, Column.PARTITIONS, Column.DEFAULT);

    /** What a line tells of a table. */
    private enum Column {
        VERDICT,
        TABLE,
        KEY,
        PARTITIONS,
        SIZE,
        RUNWAY,
        DEFAULT
    }

    private final Paper paper;
    private final Look look;

    private CheckText(Look look) {
        this.paper = new Paper(look);
        this.look = look;
    }

    /** All tables and findings; ends with a newline. */
    public static String of(Check check, Heading heading, Look look) {
        CheckText text = new CheckText(look);
        text.paper.line(heading.line(check.server(), check.now(), look.style()));
        text.tables(check.tables());
        text.findings(check);
        text.paper.blank();
        text.paper.line(text.sum(check));
        return text.paper.toString();
    }

    private void tables(List<TableCheck> tables) {
        if (tables.isEmpty()) {
            return;
        }
        paper.blank();
        List<Column> columns = new ArrayList<>(List.of(Column.values()));
        for (Column column : DISPENSABLE) {
            if (width(columns, tables) > look.width()) {
                columns.remove(column);
            }
        }
        List<Integer> widths =
                columns.stream().map(column -> width(column, tables)).toList();
        StringBuilder head = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            head.append(i == 0 ? "" : "  ").append(Visible.padded(head(columns.get(i)), widths.get(i)));
        }
        paper.line(look.style().faint(head.toString().stripTrailing()));
        for (TableCheck table : tables) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns.size(); i++) {
                String cell = Visible.padded(cell(columns.get(i), table), widths.get(i));
                line.append(i == 0 ? "" : "  ").append(styled(columns.get(i), table, cell));
            }
            paper.line(line.toString());
        }
    }

    private static int width(List<Column> columns, List<TableCheck> tables) {
        return columns.stream().mapToInt(column -> width(column, tables) + 2).sum() - 2;
    }

    private static int width(Column column, List<TableCheck> tables) {
        int widest = tables.stream()
                .mapToInt(table -> Visible.width(cell(column, table)))
                .max()
                .orElse(0);
        return Math.max(widest, head(column).length());
    }

    private static String head(Column column) {
        return switch (column) {
            case VERDICT -> "";
            case TABLE -> "table";
            case KEY -> "divided by";
            case PARTITIONS -> "partitions";
            case SIZE -> "size";
            case RUNWAY -> "room until";
            case DEFAULT -> "default";
        };
    }

    private static String cell(Column column, TableCheck table) {
        return switch (column) {
            case VERDICT -> verdict(table);
            case TABLE -> Visible.of(table.name());
            case KEY -> Visible.of(table.key());
            case PARTITIONS -> Integer.toString(table.leaves());
            case SIZE -> table.bytes() == 0 && table.estimatedRows() < 0 ? "unknown" : Amount.bytes(table.bytes());
            case RUNWAY -> runway(table.runway());
            case DEFAULT -> defaults(table.defaults());
        };
    }

    private String styled(Column column, TableCheck table, String cell) {
        if (column == Column.TABLE) {
            return look.style().strong(cell);
        }
        if (column != Column.VERDICT) {
            return cell;
        }
        Optional<Severity> worst = table.worst();
        if (worst.isEmpty()) {
            return look.style().good(cell);
        }
        return switch (worst.get()) {
            case ERROR -> look.style().bad(cell);
            case WARNING -> look.style().warning(cell);
            case INFO -> look.style().good(cell);
        };
    }

    /** A note does not make a table less fine. */
    private static String verdict(TableCheck table) {
        return switch (table.worst().orElse(Severity.INFO)) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "fine";
        };
    }

    private static String runway(Runway runway) {
        if (runway instanceof Runway.Until until) {
            return until.left().isZero() ? "over" : until.until() + " (" + time(until.left()) + ")";
        }
        if (runway instanceof Runway.Ids ids) {
            return ids.ids().signum() == 0
                    ? "over"
                    : ids.until().toPlainString() + " (" + Amount.rows(ids.ids().doubleValue()) + " ids"
                            + ids.left().map(left -> ", about " + time(left)).orElse("") + ")";
        }
        if (runway instanceof Runway.Endless) {
            return "no end";
        }
        return runway instanceof Runway.Unknown ? "unknown" : "does not apply";
    }

    private static String time(Duration left) {
        return left.toDays() > 0 ? Amount.count(left.toDays(), "day") : Amount.count(left.toHours(), "hour");
    }

    private static String defaults(List<Leaked> defaults) {
        if (defaults.isEmpty()) {
            return "none";
        }
        if (defaults.stream().anyMatch(leaked -> leaked.looked() instanceof Looked.Filled)) {
            long rows = defaults.stream()
                    .flatMap(leaked -> leaked.counted().stream())
                    .mapToLong(Leaked.Counted::rows)
                    .sum();
            return rows > 0 ? Amount.count(rows, "row") : "holds rows";
        }
        return defaults.stream().anyMatch(leaked -> leaked.looked() instanceof Looked.Unknown) ? "unknown" : "empty";
    }

    private void findings(Check check) {
        if (!check.findings().isEmpty()) {
            paper.blank();
            paper.line(look.style().strong("The database as a whole"));
            check.findings().forEach(finding -> ProblemText.write(finding, "  ", paper));
        }
        for (TableCheck table : check.tables()) {
            if (!table.findings().isEmpty()) {
                paper.blank();
                paper.line(look.style().strong(Visible.of(table.name())));
                table.findings().forEach(finding -> ProblemText.write(finding, "  ", paper));
            }
        }
    }

    private String sum(Check check) {
        if (check.tables().isEmpty()) {
            return "No partitioned table in this database: nothing to check.";
        }
        List<String> words = new ArrayList<>();
        add(words, check.count(Severity.ERROR), "error");
        add(words, check.count(Severity.WARNING), "warning");
        boolean fine = words.isEmpty();
        add(words, check.count(Severity.INFO), "note");
        String found = String.join(", ", words);
        return Amount.count(check.tables().size(), "table") + " checked"
                + (fine ? (found.isEmpty() ? "." : ": " + found + ".") + " Everything is fine." : ": " + found + ".");
    }

    private static void add(List<String> words, long count, String noun) {
        if (count > 0) {
            words.add(Amount.count(count, noun));
        }
    }
}
