package dev.partita.cases.story;

import dev.partita.plan.Finding;
import dev.partita.plan.Plan;
import dev.partita.plan.Severity;
import dev.partita.plan.TablePlan;
import dev.partita.problem.Problem;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.step.AdoptPartition;
import dev.partita.step.AlignPartition;
import dev.partita.step.AttachAgain;
import dev.partita.step.AttachIndex;
import dev.partita.step.CreateFromDefault;
import dev.partita.step.CreateIndex;
import dev.partita.step.CreateIndexConcurrently;
import dev.partita.step.CreateIndexOnly;
import dev.partita.step.CreatePartition;
import dev.partita.step.CreateTable;
import dev.partita.step.DetachConcurrently;
import dev.partita.step.DetachPartition;
import dev.partita.step.DropExclusion;
import dev.partita.step.DropForeignKey;
import dev.partita.step.DropIndexConcurrently;
import dev.partita.step.DropPartition;
import dev.partita.step.ExcludeFromDefault;
import dev.partita.step.FinalizeDetach;
import dev.partita.step.MarkPartitions;
import dev.partita.step.MovePartition;
import dev.partita.step.NewPartition;
import dev.partita.step.RelationLock;
import dev.partita.step.ReleasePartition;
import dev.partita.step.RepairPartition;
import dev.partita.step.Rewriting;
import dev.partita.step.Step;
import dev.partita.step.StepVisitor;
import dev.partita.step.StoreElsewhere;
import dev.partita.step.VacuumTable;
import dev.partita.step.ValidateConstraint;
import dev.partita.step.ValidateExclusion;
import dev.partita.table.TableName;
import java.util.List;
import java.util.stream.Collectors;

/** A plan in few words: what, why, what it locks beside its parent, and what a person should know. */
final class PlanText {

    private final StringBuilder text = new StringBuilder();

    private PlanText() {}

    static String of(Plan plan) {
        PlanText text = new PlanText();
        plan.tables().forEach(text::table);
        return text.text.toString().stripTrailing();
    }

    /** Problems as findings are written. */
    static String of(List<Problem> problems) {
        PlanText text = new PlanText();
        problems.forEach(problem -> text.problem("", problem.code() + " " + problem.where() + ": ", problem));
        return text.text.toString().stripTrailing();
    }

    /** A step in one line. */
    static String of(Step step) {
        return step.accept(new Words());
    }

    private void table(TablePlan table) {
        text.append(table.name());
        table.coverage()
                .ifPresent(coverage -> text.append(" at ")
                        .append(coverage.now())
                        .append(": until ")
                        .append(coverage.before().orElse("now"))
                        .append(
                                coverage.before().equals(coverage.after())
                                        ? ""
                                        : ", then until " + coverage.after().orElse("now")));
        text.append('\n');
        if (table.steps().isEmpty()) {
            text.append(table.has(Severity.ERROR) ? "  nothing that could be done\n" : "  nothing to do\n");
        }
        table.steps().forEach(this::step);
        table.findings().forEach(finding -> finding(table, finding));
    }

    private void step(Step step) {
        text.append("  ").append(of(step)).append('\n');
        if (step instanceof CreatePartition create) {
            create.partition().children().forEach(child -> child(child, "      "));
        }
        if (step instanceof CreateFromDefault create) {
            create.partition().children().forEach(child -> child(child, "      "));
        }
        text.append("    because ")
                .append(step.reason().why())
                .append(": ")
                .append(step.reason())
                .append('\n');
        List<RelationLock> locks = step.locks().stream()
                .filter(lock -> !(step instanceof CreatePartition create
                        && lock.relation().equals(create.parent())
                        && lock.mode() == Lock.SHARE_UPDATE_EXCLUSIVE))
                .toList();
        if (!locks.isEmpty()) {
            text.append("    locks ")
                    .append(locks.stream().map(RelationLock::toString).collect(Collectors.joining(", ")))
                    .append('\n');
        }
    }

    private void child(NewPartition child, String indent) {
        text.append(indent).append(made(child)).append('\n');
        child.children().forEach(grandchild -> child(grandchild, indent + "  "));
    }

    private static String made(NewPartition partition) {
        return partition.name() + " " + bound(partition)
                + partition.divided().map(division -> " " + division.clause()).orElse("");
    }

    private static String bound(NewPartition partition) {
        return partition.boundClause().sql().replaceFirst("^FOR VALUES ", "");
    }

    private void finding(TablePlan table, Finding finding) {
        Problem problem = finding.problem();
        String where = problem.where().equals(table.name().sql()) ? "" : problem.where() + " ";
        problem("  ", finding.severity() + " " + problem.code() + ": " + where, problem);
    }

    private void problem(String indent, String begin, Problem problem) {
        text.append(indent)
                .append(begin)
                .append(problem.message().replaceAll("pid \\d+", "pid N"))
                .append('\n');
        problem.waysOut()
                .forEach(wayOut ->
                        text.append(indent).append("  fix: ").append(wayOut).append('\n'));
    }

    private static final class Words implements StepVisitor<String> {

        @Override
        public String createTable(CreateTable step) {
            return step.words() + " " + step.relation() + " " + step.division().clause();
        }

        @Override
        public String createIndex(CreateIndex step) {
            return step.words() + " "
                    + Sql.list(step.index().columns().stream()
                            .map(column -> new Sql(column.column().sql() + (column.descending() ? " DESC" : "")))
                            .toList())
                    + " on " + step.relation();
        }

        @Override
        public String createPartition(CreatePartition step) {
            return step.words() + " " + made(step.partition())
                    + (step.parent().equals(step.table()) ? "" : " of " + step.parent());
        }

        @Override
        public String createFromDefault(CreateFromDefault step) {
            return step.words() + " " + made(step.partition())
                    + (step.parent().equals(step.table()) ? "" : " of " + step.parent())
                    + (step.counted() == 1 ? ", 1 row of " : ", " + step.counted() + " rows of ") + step.fallback();
        }

        @Override
        public String excludeFromDefault(ExcludeFromDefault step) {
            return step.words() + " " + step.relation() + " " + step.exclusion().constraint();
        }

        @Override
        public String validateExclusion(ValidateExclusion step) {
            return step.words() + " " + step.relation() + " " + step.exclusion().constraint();
        }

        @Override
        public String dropExclusion(DropExclusion step) {
            return step.words() + " " + step.relation() + " " + step.constraint();
        }

        @Override
        public String markPartitions(MarkPartitions step) {
            return step.words() + " "
                    + step.marks().stream()
                            .map(mark -> mark.partition().name().toString())
                            .collect(Collectors.joining(", "));
        }

        @Override
        public String detachPartition(DetachPartition step) {
            return step.words() + " " + step.relation() + from(step.table(), step.parent());
        }

        @Override
        public String detachConcurrently(DetachConcurrently step) {
            return step.words() + " " + step.relation() + from(step.table(), step.parent());
        }

        @Override
        public String finalizeDetach(FinalizeDetach step) {
            return step.words() + " " + step.relation() + from(step.table(), step.parent());
        }

        @Override
        public String adoptPartition(AdoptPartition step) {
            return step.words() + " " + step.relation() + (step.place().isPresent() ? "" : " as retired");
        }

        @Override
        public String releasePartition(ReleasePartition step) {
            return step.words() + " " + step.relation() + ": "
                    + step.comment().release().orElseThrow().because();
        }

        @Override
        public String movePartition(MovePartition step) {
            return step.words() + " " + step.relation() + " to " + step.schema();
        }

        @Override
        public String storeElsewhere(StoreElsewhere step) {
            return step.words() + " " + step.relation() + " in tablespace " + step.tablespace();
        }

        @Override
        public String dropForeignKey(DropForeignKey step) {
            return step.words() + " " + step.constraint() + " of " + step.relation();
        }

        @Override
        public String dropPartition(DropPartition step) {
            return step.words() + " " + step.relation();
        }

        @Override
        public String validateConstraint(ValidateConstraint step) {
            return step.words() + " " + step.constraint() + " of " + step.relation();
        }

        @Override
        public String repairPartition(RepairPartition step) {
            return step.words() + " " + step.relation();
        }

        @Override
        public String alignPartition(AlignPartition step) {
            return step.words() + " " + step.relation();
        }

        @Override
        public String attachAgain(AttachAgain step) {
            return step.words() + " " + step.relation() + from(step.table(), step.parent());
        }

        @Override
        public String createIndexOnly(CreateIndexOnly step) {
            return step.words() + " " + step.relation() + " on " + step.parent();
        }

        @Override
        public String createIndexConcurrently(CreateIndexConcurrently step) {
            return step.words() + " " + step.relation() + " on " + step.partition();
        }

        @Override
        public String attachIndex(AttachIndex step) {
            return step.words() + " " + step.relation() + " to " + step.parentIndex();
        }

        @Override
        public String dropIndexConcurrently(DropIndexConcurrently step) {
            return step.words() + " " + step.relation() + " on " + step.partition();
        }

        @Override
        public String vacuumTable(VacuumTable step) {
            return step.words() + " " + step.relation();
        }

        @Override
        public String rewriting(Rewriting step) {
            return step.words() + " " + step.relation();
        }

        private static String from(TableName table, TableName parent) {
            return parent.equals(table) ? "" : " of " + parent;
        }
    }
}
