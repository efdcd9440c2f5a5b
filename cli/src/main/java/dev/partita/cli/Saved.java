package dev.partita.cli;

import dev.partita.Partita;
import dev.partita.declaration.Declarations;
import dev.partita.declaration.Period;
import dev.partita.declaration.TableDeclaration;
import dev.partita.json.SavedPlan;
import dev.partita.plan.Plan;
import dev.partita.plan.TablePlan;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.step.ExcludeFromDefault;
import dev.partita.step.Step;
import dev.partita.table.RangeLimit;
import dev.partita.table.TableName;
import dev.partita.yaml.PartitaFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A saved plan on its way to being applied: made again, compared, and refused at the first difference. */
final class Saved {

    private static final Duration MOST_WHEN_RETIRING = Duration.ofDays(1);

    private final String file;
    private final SavedPlan saved;
    private final Declarations declarations;
    private final Period maxAge;

    private Saved(String file, SavedPlan saved, Declarations declarations, Period maxAge) {
        this.file = file;
        this.saved = saved;
        this.declarations = declarations;
        this.maxAge = maxAge;
    }

    /**
     * Reads a file.
     *
     * @param declared what is declared now
     * @throws PartitaException PLAN_UNREADABLE
     */
    static Saved in(Path path, Declarations declared, String maxAge) {
        SavedPlan saved = SavedPlan.read(path.toString(), text(path));
        List<TableDeclaration> still = declared.tables().stream()
                .filter(table -> saved.names().contains(table.name()))
                .toList();
        return new Saved(path.toString(), saved, new Declarations(still), Period.parse(maxAge));
    }

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new PartitaException(
                    Problem.of(
                            ProblemCode.PLAN_UNREADABLE,
                            path.toString(),
                            "cannot be read as UTF-8 text",
                            "name a file that partita plan --save wrote"),
                    e);
        }
    }

    /** The text of a declaration that is equal exactly when the declarations are. */
    static String canonical(TablePlan table) {
        return new PartitaFile(Declarations.of(table.declaration()), Optional.empty()).yaml();
    }

    /**
     * The plan, made again.
     *
     * @param named the tables to which it is narrowed; all if there are none
     * @throws PartitaException if it is not the plan that was saved, or it is too old
     */
    Plan again(Session session, List<TableName> named) throws SQLException {
        List<TableName> chosen = named.isEmpty() ? saved.names() : named;
        Partita partita = session.partita(declarations);
        Plan remade = partita.planAt(saved.instant(), saved.request(), saved.cursors());
        refuse(saved.difference(remade, chosen, Saved::canonical));
        refuse(tooOld(session.now()));
        Plan plan = remade.only(chosen);
        if (plan.steps().anyMatch(Step::retires)) {
            refuse(stale(session.now()));
        }
        if (plan.steps().anyMatch(ExcludeFromDefault.class::isInstance)) {
            refuse(begun(plan, partita.plan(saved.request())));
        }
        return plan;
    }

    private static void refuse(Optional<Problem> problem) {
        if (problem.isPresent()) {
            throw new PartitaException(problem.get());
        }
    }

    private Optional<Problem> tooOld(Instant now) {
        LocalDateTime oldest = maxAge.after(LocalDateTime.ofInstant(now, ZoneOffset.UTC), -1);
        if (!saved.instant().isBefore(oldest.toInstant(ZoneOffset.UTC))
                && !saved.instant().isAfter(now)) {
            return Optional.empty();
        }
        return Optional.of(tooOld(
                saved.instant().isAfter(now)
                        ? "was made for " + saved.instant() + ", which by the database's clock is still to come"
                        : "was made for " + saved.instant() + ", more than " + maxAge + " ago"));
    }

    /** The grace of what it detaches counts from the plan's instant, so that must not lie far back. */
    private Optional<Problem> stale(Instant now) {
        return saved.instant().isBefore(now.minus(MOST_WHEN_RETIRING))
                ? Optional.of(Problem.of(
                        ProblemCode.PLAN_TOO_OLD,
                        file,
                        "was made for " + saved.instant() + "; a plan that retires partitions may be a day old at most,"
                                + " because their grace counts from its instant",
                        "make the plan again, and look at it: partita plan --retire --save"))
                : Optional.empty();
    }

    /**
     * DEFAULT is promised to hold nothing of a range only while that lies in the future: once rows of it arrive, they would be
     * refused until the partition is there.
     */
    private Optional<Problem> begun(Plan plan, Plan present) {
        Set<RangeLimit> ahead = exclusions(present);
        return exclusions(plan).stream()
                .filter(from -> !ahead.contains(from))
                .findFirst()
                .map(from -> tooOld("excludes a range from DEFAULT that is not in the future any more"));
    }

    private static Set<RangeLimit> exclusions(Plan plan) {
        return plan.steps()
                .filter(ExcludeFromDefault.class::isInstance)
                .map(step -> ((ExcludeFromDefault) step).exclusion().range().from())
                .collect(Collectors.toSet());
    }

    private Problem tooOld(String why) {
        return Problem.of(
                ProblemCode.PLAN_TOO_OLD,
                file,
                why,
                "make the plan again, and look at it: partita plan --save",
                "or, if its age alone is the trouble, allow more: --max-age '30 days'");
    }
}
