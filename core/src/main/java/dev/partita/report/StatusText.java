package dev.partita.report;

import dev.partita.plan.Severity;
import dev.partita.plan.TablePlan;
import dev.partita.report.Drawer.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tables as chests of drawers, for people. */
public final class StatusText {

    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";
    private static final int WIDEST_BAR = 24;
    private static final String HATCHED = "░░░░";

    private final Paper paper;
    private final Look look;
    private final int mostDrawers;

    private StatusText(Look look, int mostDrawers) {
        this.paper = new Paper(look);
        this.look = look;
        this.mostDrawers = mostDrawers;
    }

    /**
     * All tables; ends with a newline.
     *
     * @param mostDrawers so many of a table are shown, the newest; of the older ones the sum
     */
    public static String of(Status status, Heading heading, int mostDrawers, Look look) {
        StatusText text = new StatusText(look, mostDrawers);
        text.paper.line(heading.line(status.plan().server(), status.plan().now(), look.style()));
        status.tables().forEach(text::table);
        return text.paper.toString();
    }

    private void table(TableStatus table) {
        paper.blank();
        paper.line(PlanText.title(table.plan(), look.style()));
        if (!table.drawers().isEmpty()) {
            paper.sentence("  ", sums(table));
            drawers(table);
        }
        table.plan().resting().forEach(this::resting);
        table.next().ifPresent(next -> paper.sentence("  next  ", next));
        table.plan().findings().forEach(finding -> ProblemText.write(finding, "  ", paper));
    }

    private void resting(TablePlan.Resting resting) {
        paper.sentence(
                "  retired  ",
                Visible.of(resting.name()) + "  "
                        + (resting.pages() > 0 ? Amount.bytes(resting.pages() * 8_192) + ", " : "") + "since "
                        + resting.since()
                        + resting.until()
                                .map(until -> ", may be dropped from " + until + " on")
                                .orElse(", a table of its own"));
    }

    private static String sums(TableStatus table) {
        List<String> words = new ArrayList<>();
        words.add(Amount.count(table.drawers().size(), "partition"));
        words.add(Amount.bytes(table.bytes()));
        if (table.estimatedRows() >= 0) {
            words.add("about " + Amount.rows(table.estimatedRows()) + " rows");
        }
        table.plan()
                .coverage()
                .ifPresent(coverage -> words.add(
                        coverage.before().isEmpty()
                                ? "the present has no partition"
                                : "covers until " + coverage.before().get()
                                        + table.left()
                                                .map(left -> " (" + time(left) + ")")
                                                .orElse("")));
        if (table.plan().has(Severity.ERROR)) {
            words.add("needs a person");
        }
        return String.join(" · ", words);
    }

    private static String time(Duration left) {
        return left.toDays() > 0
                ? Amount.count(left.toDays(), "day")
                : Amount.count(Math.max(0, left.toHours()), "hour");
    }

    private void drawers(TableStatus table) {
        List<Drawer> all = table.drawers();
        int hidden = Math.max(0, all.size() - mostDrawers);
        List<Drawer> shown = all.subList(hidden, all.size());
        if (hidden > 0) {
            long bytes = all.subList(0, hidden).stream()
                    .mapToLong(drawer -> drawer.bytes().orElse(0L))
                    .sum();
            paper.line(look.style().faint("  … " + hidden + " more before these, " + Amount.bytes(bytes)));
        }
        int names = width(
                shown.stream().map(drawer -> Visible.of(drawer.name().name())).toList());
        int bounds = width(shown.stream().map(Drawer::words).toList());
        int bar = Math.max(4, Math.min(WIDEST_BAR, look.width() - names - bounds - 34));
        int rows = width(shown.stream().map(StatusText::rows).toList());
        long largest = shown.stream()
                .mapToLong(drawer -> drawer.bytes().orElse(0L))
                .max()
                .orElse(0);
        for (Drawer drawer : shown) {
            paper.line("  " + Visible.padded(Visible.of(drawer.name().name()), names) + "  "
                    + Visible.padded(drawer.words(), bounds) + "  "
                    + Visible.padded(bar(drawer, largest, bar), bar) + " "
                    + Visible.rightAligned(drawer.bytes().map(Amount::bytes).orElse("locked"), 9)
                    + (rows == 0 ? "" : "  " + Visible.rightAligned(rows(drawer), rows))
                    + mark(drawer));
        }
    }

    private static int width(List<String> texts) {
        return texts.stream().mapToInt(Visible::width).max().orElse(0);
    }

    private static String rows(Drawer drawer) {
        return drawer.estimatedRows() < 0 ? "" : "~" + Amount.rows(drawer.estimatedRows());
    }

    private String mark(Drawer drawer) {
        String leaves = drawer.leaves() > 1 ? "  in " + drawer.leaves() + " tables" : "";
        Optional<String> words = switch (drawer.place()) {
            case NOW -> Optional.of(look.style().strong("  ◀ now"));
            case FUTURE -> Optional.of(look.style().faint("  future"));
            case PAST, DEFAULT, TIMELESS -> Optional.empty();
        };
        String half = drawer.detachPending() ? look.style().bad("  half detached") : "";
        return leaves + words.orElse("") + half;
    }

    /** In eighths of a column, so that small differences show. */
    private static String bar(Drawer drawer, long largest, int columns) {
        long bytes = drawer.bytes().orElse(0L);
        if (drawer.place() == Place.FUTURE && drawer.estimatedRows() <= 0) {
            return HATCHED;
        }
        if (largest == 0) {
            return "";
        }
        long eighths = Math.max(bytes > 0 ? 1 : 0, Math.round(bytes * 8d * columns / largest));
        String part = String.valueOf(EIGHTHS.charAt((int) (eighths % 8))).strip();
        return "█".repeat((int) (eighths / 8)) + part;
    }
}
