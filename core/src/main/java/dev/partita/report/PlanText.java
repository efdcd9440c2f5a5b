package dev.partita.report;

import dev.partita.declaration.Scheme;
import dev.partita.declaration.TableDeclaration;
import dev.partita.execution.Opening;
import dev.partita.execution.Patience;
import dev.partita.plan.Plan;
import dev.partita.plan.Severity;
import dev.partita.plan.TablePlan;
import dev.partita.sql.Lock;
import dev.partita.step.RelationLock;
import dev.partita.step.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A plan for people: per table what will be done, why, and which locks it takes; then what a person has to know. */
public final class PlanText {

    /** Of what lies below one partition so much is listed, so that a hash of 64 stays readable. */
    private static final int MOST_INSIDE = 8;

    private static final int MOST_LOCKED = 5;

    private final Plan plan;
    private final Patience patience;
    private final Paper paper;
    private final Style style;

    private PlanText(Plan plan, Patience patience, Look look) {
        this.plan = plan;
        this.patience = patience;
        this.paper = new Paper(look);
        this.style = look.style();
    }

    /**
     * The whole plan; ends with a newline.
     *
     * @param patience with which it would be run
     */
    public static String of(Plan plan, Heading heading, Patience patience, Look look) {
        PlanText text = new PlanText(plan, patience, look);
        text.paper.line(heading.line(plan.server(), plan.now(), look.style()));
        plan.tables().forEach(text::table);
        text.paper.blank();
        text.summary();
        return text.paper.toString();
    }

    private void table(TablePlan table) {
        paper.blank();
        paper.line(title(table, style)
                + coverage(table).map(words -> "   " + words).orElse("")
                + table.keeps().map(first -> "   keeps " + first + " and newer").orElse(""));
        steps(table);
        if (table.steps().isEmpty()) {
            paper.sentence("  ", idle(table));
        }
        table.findings().forEach(finding -> ProblemText.write(finding, "  ", paper));
    }

    static String title(TablePlan table, Style style) {
        return style.strong(Visible.of(table.name())) + "  " + SchemeWords.of(table.declaration());
    }

    private static Optional<String> coverage(TablePlan table) {
        return table.coverage().map(coverage -> {
            String before = coverage.before().orElse("nothing");
            String after = coverage.after().orElse("nothing");
            if (before.equals(after)) {
                return coverage.before().isEmpty() ? "the present has no partition" : "covers until " + before;
            }
            return coverage.before().isEmpty()
                    ? "will cover until " + after
                    : "covers until " + before + ", then until " + after;
        });
    }

    private void steps(TablePlan table) {
        BoundWords words = new BoundWords(table.declaration().scheme());
        List<StepLine> lines =
                table.steps().stream().map(step -> StepLine.of(step, words)).toList();
        int names = lines.stream()
                .mapToInt(line -> Visible.width(line.name()))
                .max()
                .orElse(0);
        int whats = lines.stream()
                .mapToInt(line -> Visible.width(line.what()))
                .filter(width -> width <= 40)
                .max()
                .orElse(0);
        List<RelationLock> locks = List.of();
        for (int i = 0; i < lines.size(); i++) {
            Step step = table.steps().get(i);
            if (i > 0 && !step.locks().equals(locks)) {
                locks(locks);
            }
            locks = step.locks();
            StepLine line = lines.get(i);
            String what = "  " + line.sign() + " " + Visible.padded(line.name(), names) + "  "
                    + Visible.padded(line.what(), whats) + "  ";
            String reason = Visible.of(step.reason().sentence());
            boolean beside = Visible.width(what) + Visible.width(reason) <= paper.width();
            paper.line(signed(line, what) + (beside ? style.faint(reason) : ""));
            if (!beside) {
                paper.sentence("      ", reason);
            }
            inside(line, "      ");
        }
        if (!lines.isEmpty()) {
            locks(locks);
        }
    }

    private String signed(StepLine line, String text) {
        String sign = text.substring(0, 3);
        return (line.sign() == '+' ? style.good(sign) : style.warning(sign)) + text.substring(3);
    }

    private void inside(StepLine parent, String indent) {
        List<StepLine> inside = parent.inside();
        int names = inside.stream()
                .mapToInt(line -> Visible.width(line.name()))
                .max()
                .orElse(0);
        int shown = inside.size() > MOST_INSIDE ? MOST_INSIDE - 1 : inside.size();
        for (StepLine line : inside.subList(0, shown)) {
            paper.line(indent + Visible.padded(line.name(), names) + "  " + line.what());
            inside(line, indent + "  ");
        }
        if (shown < inside.size()) {
            paper.line(indent + "… and " + (inside.size() - shown) + " more");
        }
    }

    /** The locks that the steps above take on relations that others use. */
    private void locks(List<RelationLock> locks) {
        if (locks.isEmpty()) {
            return;
        }
        Map<Lock, List<String>> relations = new LinkedHashMap<>();
        locks.forEach(lock -> relations
                .computeIfAbsent(lock.mode(), mode -> new ArrayList<>())
                .add(Visible.of(lock.relation())));
        String each = relations.entrySet().stream()
                .map(lock -> lock.getKey().sql() + " on " + some(lock.getValue()))
                .collect(Collectors.joining("; "));
        paper.sentence("    locks  ", style::faint, 11, each + effect(locks));
    }

    /** A foreign key to a partitioned table locks each of its partitions. */
    private static String some(List<String> names) {
        return names.size() <= MOST_LOCKED
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST_LOCKED - 1)) + " and " + (names.size() - MOST_LOCKED + 1)
                        + " more";
    }

    private static String words(RelationLock lock) {
        return lock.mode().sql() + " on " + Visible.of(lock.relation());
    }

    private static String effect(List<RelationLock> locks) {
        if (locks.stream().anyMatch(lock -> lock.mode().blocksReads())) {
            return " (for a moment, reads and writes of it wait)";
        }
        return locks.stream().anyMatch(lock -> lock.mode().blocksWrites())
                ? " (for a moment, writes to it wait)"
                : " (neither reads nor writes wait)";
    }

    static String idle(TablePlan table) {
        return table.has(Severity.ERROR)
                ? "nothing can be done before somebody acts:"
                : "nothing to do, because " + because(table);
    }

    private static String because(TablePlan table) {
        TableDeclaration declaration = table.declaration();
        return declaration.scheme().accept(new Scheme.Visitor<>() {
            @Override
            public String range(Scheme.Range range) {
                return "the present and the declared future (ahead: " + range.ahead() + ") have their partitions";
            }

            @Override
            public String values(Scheme.Values values) {
                return "every listed value has its partition";
            }

            @Override
            public String hash(Scheme.Hash hash) {
                return "every remainder has its partition";
            }
        });
    }

    private void summary() {
        paper.line(style.strong(plan.isEmpty() ? idle(plan) : "Plan: " + counts() + "."));
        strongest()
                .ifPresent(lock -> paper.line("Strongest lock: " + words(lock) + ", waited for at most "
                        + Amount.time(Opening.lockTimeout(patience, plan.server())) + " a try, "
                        + Amount.count(patience.attempts(), "try") + "."));
        List<String> broken = plan.tables().stream()
                .filter(table -> table.has(Severity.ERROR))
                .map(table -> Visible.of(table.name()))
                .toList();
        if (!broken.isEmpty()) {
            paper.line(style.bad((broken.size() == 1 ? "1 table needs" : broken.size() + " tables need") + " a person: "
                    + String.join(", ", broken) + "."));
        }
    }

    /** What a plan without steps comes to. */
    static String idle(Plan plan) {
        return plan.has(Severity.ERROR) ? "Nothing that could be done." : "Nothing to do.";
    }

    private String counts() {
        StepCounts counts = StepCounts.of(plan.steps().toList());
        return counts.words();
    }

    private Optional<RelationLock> strongest() {
        return plan.steps().flatMap(step -> step.locks().stream()).max(Comparator.comparing(RelationLock::mode));
    }
}
