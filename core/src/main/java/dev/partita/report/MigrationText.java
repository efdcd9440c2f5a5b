package dev.partita.report;

import dev.partita.migration.Ending;
import dev.partita.migration.Extent;
import dev.partita.migration.Migration;
import dev.partita.migration.Phase;
import dev.partita.migration.Progress;
import dev.partita.migration.Standing;
import dev.partita.migration.Throttle;
import dev.partita.sql.Lock;
import dev.partita.table.TableName;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Migrations for people: where each stands, what is planned, and how it came to rest. */
public final class MigrationText {

    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Beyond that many the count of changes is not exact. */
    private static final long MOST_COUNTED = 1_000_000;

    private final Paper paper;
    private final Style style;

    private MigrationText(Look look) {
        this.paper = new Paper(look);
        this.style = look.style();
    }

    /** Where migrations stand, each in a few lines; ends with a newline. */
    public static String of(List<Standing> standings, Look look) {
        MigrationText text = new MigrationText(look);
        if (standings.isEmpty()) {
            text.paper.line("No migration is under way.");
        }
        for (int i = 0; i < standings.size(); i++) {
            if (i > 0) {
                text.paper.blank();
            }
            text.standing(standings.get(i));
        }
        return text.paper.toString();
    }

    /** All migrations, a line for each; ends with a newline. */
    public static String list(List<Standing> standings, Look look) {
        MigrationText text = new MigrationText(look);
        if (standings.isEmpty()) {
            text.paper.line("No migration has ever begun.");
        }
        int tables = standings.stream()
                .mapToInt(standing ->
                        Visible.width(Visible.of(standing.migration().table())))
                .max()
                .orElse(0);
        standings.forEach(standing -> text.line(standing, tables));
        return text.paper.toString();
    }

    private void line(Standing standing, int tables) {
        Migration migration = standing.migration();
        String begun = style.faint(at(migration.startedAt()));
        String table = Visible.padded(Visible.of(migration.table()), tables);
        paper.line(begun + "  " + table + "  " + emphasized(migration) + " since " + at(migration.phaseSince())
                + (standing.problem().isPresent() ? style.bad("  needs a person") : ""));
    }

    private String emphasized(Migration migration) {
        String word = migration.phase().word();
        return migration.phase() == Phase.FINISHED ? style.good(word) : word;
    }

    private void standing(Standing standing) {
        Migration migration = standing.migration();
        Progress progress = standing.progress();
        paper.line(style.strong(Visible.of(migration.table())) + "  " + emphasized(migration)
                + style.faint(" since " + at(migration.phaseSince()) + " (" + Amount.time(progress.phaseFor())
                        + "), begun " + at(migration.startedAt())));
        if (migration.phase().isOver()) {
            return;
        }
        if (progress.blocks() > 0) {
            paper.sentence("  copied   ", copied(standing));
        }
        if (progress.leaves() > 0) {
            paper.line("  indexed  " + progress.indexed() + " of " + Amount.count(progress.leaves(), "partition"));
        }
        if (migration.copy().isPresent()) {
            paper.line("  behind   " + behind(progress));
        }
        String limits = limits(migration);
        if (!limits.equals("no limits")) {
            paper.sentence("  limits   ", Visible.of(limits));
        }
        standing.waits().ifPresent(why -> paper.sentence("  waits    ", Visible.of(why)));
        standing.problem().ifPresent(problem -> ProblemText.write(problem, "  ! ", style::bad, paper));
    }

    /** How fast and how long is said only while rows are copied: there is no telling else. */
    private static String copied(Standing standing) {
        Progress progress = standing.progress();
        String copied = progress.percentCopied() + " % of " + Amount.count(progress.blocks(), "block");
        if (progress.copying().isEmpty()) {
            return copied;
        }
        Progress.Copying copying = progress.copying().get();
        String rows = copied + ", " + Amount.rows(copying.rows()) + (copying.rows() == 1 ? " row" : " rows");
        return standing.running() && copying.rowsPerSecond() > 0
                ? rows + "; " + Amount.rows(copying.rowsPerSecond()) + " a second"
                        + copying.left()
                                .map(left -> ", about " + Amount.time(left) + " left")
                                .orElse("")
                : rows;
    }

    private static String behind(Progress progress) {
        String count = progress.backlog() < MOST_COUNTED
                ? Amount.count(progress.backlog(), "change")
                : "more than " + Amount.count(MOST_COUNTED - 1, "change");
        String whose = progress.phase().isSwapped() ? " to be brought back to the old table" : " to be brought over";
        return (progress.backlog() == 0 ? "nothing" : count) + whose + "; " + Amount.count(progress.applied(), "change")
                + " so far";
    }

    private static String at(Instant instant) {
        return WHEN.format(instant);
    }

    /** What a person has said of how it is to be worked on, as a clause. */
    public static String limits(Migration migration) {
        Throttle throttle = migration.throttle();
        List<String> limits = new ArrayList<>();
        throttle.lag().ifPresent(lag -> limits.add("standbys at most " + Amount.time(lag) + " behind"));
        throttle.walRate().ifPresent(rate -> limits.add("at most " + Amount.bytes(rate) + " of WAL a second"));
        throttle.walKept().ifPresent(kept -> limits.add("at most " + Amount.bytes(kept) + " of WAL kept by a slot"));
        throttle.active().ifPresent(active -> limits.add("at most " + active + " active sessions of others"));
        throttle.query().ifPresent(query -> limits.add("not while this says true: " + query));
        if (throttle.share() < 100) {
            limits.add("in " + throttle.share() + " % of the time");
        }
        throttle.disk().ifPresent(disk -> limits.add("at most " + Amount.bytes(disk) + " of disk"));
        throttle.log().ifPresent(log -> limits.add("at most " + Amount.bytes(log) + " of noted changes"));
        migration.window().ifPresent(window -> limits.add("the swap in " + window));
        return limits.isEmpty() ? "no limits" : String.join("; ", limits);
    }

    /** Where it is in a few words, for a line that is overwritten. */
    public static String brief(Standing standing) {
        Progress progress = standing.progress();
        return switch (progress.phase()) {
            case COPYING -> "copying, " + copied(standing);
            case INDEXING -> "indexing, " + progress.indexed() + " of " + Amount.count(progress.leaves(), "partition");
            case CATCHING_UP, READY, IN_STEP, SWAPPED, ROLLING_BACK, RETURNING ->
                progress.phase().word()
                        + (progress.backlog() == 0
                                ? ""
                                : ", " + Amount.count(progress.backlog(), "change") + " behind");
            default -> progress.phase().word();
        };
    }

    /** That a phase is over. */
    public static String done(Phase phase, Duration took, Look look) {
        return look.style().good("✓") + " " + phase.word() + look.style().faint(", " + Amount.time(took));
    }

    /** How it came to rest, as a sentence; ends with a newline. */
    public static String of(TableName table, Ending ending, Look look) {
        Paper paper = new Paper(look);
        paper.sentence(
                "",
                text -> text,
                2,
                Visible.of(table) + " is " + ending.phase().word() + ": " + Visible.of(ending.why()) + ".");
        return paper.toString();
    }

    /** That the old table is gone. */
    public static String dropped(TableName table, Extent extent, Look look) {
        Paper paper = new Paper(look);
        paper.sentence(
                "",
                "Dropped " + Visible.of(table) + " (" + Amount.bytes(extent.bytes() + extent.indexBytes())
                        + "). The migration is over.");
        return paper.toString();
    }

    /** What a migration would do; ends with a newline. */
    public static String of(MigrationPlan plan, Look look) {
        Paper paper = new Paper(look);
        paper.line(look.style().strong(Visible.of(plan.table())) + "  about "
                + Amount.rows((double) plan.extent().rows())
                + " rows, " + Amount.bytes(plan.extent().bytes()) + ", indexes "
                + Amount.bytes(plan.extent().indexBytes()));
        paper.sentence("  road     ", plan.road() + ": " + plan.why());
        paper.sentence(
                "  disk     ",
                "about " + Amount.bytes(plan.extent().needed())
                        + " until the old table is dropped, and as much WAL; nobody can see from here how much is free");
        paper.sentence(
                "  time     ",
                "about " + Amount.time(plan.estimated()) + " with 2 connections, guessed from the sizes ("
                        + MigrationPlan.GUESS + "); partita migrate status tells better once rows are copied");
        paper.sentence(
                "  tried    ",
                plan.rehearsed()
                        .leftOut()
                        .map(why -> "not tried out on an empty copy: " + Visible.of(why))
                        .orElse(
                                "the whole way, there and back, on an empty copy, and rolled back: nothing was refused"));
        for (MigrationPlan.Act act : plan.acts()) {
            paper.blank();
            paper.sentence("  " + Visible.padded(act.phase().word(), 13), act.what());
            paper.sentence(" ".repeat(15), act.lock().map(Lock::sql).orElse("no lock") + ": " + act.held());
        }
        paper.blank();
        paper.line("Nothing stands against it: partita migrate start " + Visible.of(plan.table()));
        return paper.toString();
    }
}
