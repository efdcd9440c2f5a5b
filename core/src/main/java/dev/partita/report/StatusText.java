package dev.partita.report;

import dev.partita.plan.Outlook.Resting;
import dev.partita.plan.Outlook.Wait;
import dev.partita.plan.Severity;
import dev.partita.report.Drawer.Place;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Tables as chests of drawers, for people. */
public final class StatusText {

    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";
    private static final int WIDEST_BAR = 24;
    private static final String HATCHED = "░░░░";
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

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
        table.plan().outlook().resting().forEach(this::resting);
        String before = "  next  ";
        for (String next : table.next()) {
            paper.sentence(before, next);
            before = " ".repeat(before.length());
        }
        table.plan().findings().forEach(finding -> ProblemText.write(finding, "  ", paper));
    }

    private void resting(Resting resting) {
        List<String> words = new ArrayList<>();
        if (resting.pages() > 0) {
            words.add(Amount.bytes(resting.pages() * 8_192));
        }
        words.add("out since " + day(resting.since()));
        words.add(resting.awaits().map(wait -> fate(resting, wait)).orElse("stays as a table of its own"));
        resting.released().ifPresent(release -> words.add("released: " + Visible.of(release.because())));
        paper.sentence("  retired  ", Visible.of(resting.name()) + "  " + String.join(", ", words));
    }

    private static String fate(Resting resting, Wait wait) {
        return switch (wait.cause()) {
            case GRACE ->
                resting.until()
                        .map(until -> "dropped on " + day(until) + " or later")
                        .orElse("dropped later");
            case RELEASE -> "waits to be released (partita release " + Visible.of(resting.name()) + " --because ...)";
            case PERSON, DOUBT -> "its grace is over, waits for a person (partita apply --retire)";
            case HOURS -> "its grace is over, " + words(wait);
            case RUN, PIN, ROWS, REFERENCES, GUARD, BOUNDS, LEAK -> words(wait);
        };
    }

    private static String words(Wait wait) {
        return switch (wait.cause()) {
            case RUN -> "waits for the next run";
            case PERSON, DOUBT -> "waits for a person";
            case HOURS ->
                wait.until().map(until -> "waits until " + MINUTE.format(until)).orElse("waits for its hours");
            case GRACE -> "waits for its grace";
            case RELEASE -> "waits to be released";
            case PIN -> "pinned";
            case ROWS -> "kept by its rows";
            case REFERENCES -> "kept by rows elsewhere";
            case GUARD -> "too many at once";
            case BOUNDS -> "not ours";
            case LEAK -> "to be emptied";
        };
    }

    private static String day(Instant instant) {
        return instant.toString().substring(0, 10);
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
            long waiting = all.subList(0, hidden).stream()
                    .filter(drawer -> drawer.awaits().isPresent())
                    .count();
            paper.line(look.style()
                    .faint("  … " + hidden + " more before these, " + Amount.bytes(bytes)
                            + (waiting > 0 ? ", " + waiting + (waiting == 1 ? " waits" : " wait") : "")));
        }
        int names = width(
                shown.stream().map(drawer -> Visible.of(drawer.name().name())).toList());
        int bounds = width(shown.stream().map(Drawer::words).toList());
        int rows = width(shown.stream().map(StatusText::rows).toList());
        int marks = width(shown.stream().map(StatusText::mark).toList());
        int bar = Math.max(4, Math.min(WIDEST_BAR, look.width() - names - bounds - rows - marks - 20));
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
                    + emphasis(drawer).apply(mark(drawer)));
        }
    }

    private static int width(List<String> texts) {
        return texts.stream().mapToInt(Visible::width).max().orElse(0);
    }

    private static String rows(Drawer drawer) {
        return drawer.estimatedRows() < 0 ? "" : "~" + Amount.rows(drawer.estimatedRows());
    }

    /** What there is to say besides, two spaces before each part of it. */
    private static String mark(Drawer drawer) {
        List<String> words = new ArrayList<>();
        if (drawer.leaves() > 1) {
            words.add("in " + drawer.leaves() + " tables");
        }
        switch (drawer.place()) {
            case NOW -> words.add("◀ now");
            case FUTURE -> words.add("future");
            case PAST, DEFAULT, TIMELESS -> {}
        }
        if (drawer.detachPending()) {
            words.add("half detached");
        }
        drawer.awaits().map(StatusText::words).ifPresent(words::add);
        return words.stream().map(word -> "  " + word).collect(Collectors.joining());
    }

    private UnaryOperator<String> emphasis(Drawer drawer) {
        if (drawer.detachPending()) {
            return look.style()::bad;
        }
        return switch (drawer.place()) {
            case NOW -> look.style()::strong;
            case FUTURE -> look.style()::faint;
            case PAST, DEFAULT, TIMELESS -> UnaryOperator.identity();
        };
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
