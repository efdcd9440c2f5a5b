package dev.partita.check;

import dev.partita.catalog.CatalogTable;
import dev.partita.declaration.NumberGrid;
import dev.partita.plan.Severity;
import dev.partita.problem.ProblemCode;
import dev.partita.table.PartitionMethod;
import dev.partita.table.RangeLimit;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How long rows of a table have somewhere to go. */
final class Horizon {

    private static final double SECONDS_A_DAY = 86_400;

    private final CheckFacts facts;
    private final Thresholds thresholds;
    private final CatalogTable table;
    private final Notes notes;

    Horizon(CheckFacts facts, Thresholds thresholds, CatalogTable table, Notes notes) {
        this.facts = facts;
        this.thresholds = thresholds;
        this.table = table;
        this.notes = notes;
    }

    /** Of the branch where it is shortest; each branch that is short is told. */
    Runway of(List<Branch> branches) {
        List<Branch> moving = branches.stream()
                .filter(branch -> branch.everyRow() && branch.key().method() == PartitionMethod.RANGE)
                .toList();
        if (moving.isEmpty()) {
            return new Runway.NotApplicable(
                    branches.isEmpty()
                            ? "its key cannot be read"
                            : "rows of a " + branches.get(0).key().method().word() + " do not move on");
        }
        Runway shortest = new Runway.Endless();
        for (Branch branch : moving) {
            Runway runway = of(branch);
            tell(branch, runway);
            if (rank(runway) < rank(shortest)) {
                shortest = runway;
            }
        }
        return shortest;
    }

    /** The nearest end first; what cannot be told comes before what is far. */
    private static double rank(Runway runway) {
        if (runway instanceof Runway.Endless || runway instanceof Runway.NotApplicable) {
            return Double.MAX_VALUE;
        }
        if (runway instanceof Runway.Ids ids && ids.left().isEmpty()) {
            return ids.ids().signum() <= 0 ? 0 : Double.MAX_VALUE / 4;
        }
        return runway.time().map(left -> (double) left.toSeconds()).orElse(Double.MAX_VALUE / 2);
    }

    private Runway of(Branch branch) {
        Axis axis = Axis.of(branch);
        if (branch.key().singleColumn().isEmpty()) {
            return new Runway.Unknown(
                    "it is divided by " + branch.key() + ", and only keys of one column are followed");
        }
        Optional<RangeLimit> present = axis.temporal() ? axis.present(facts.now()) : table.cursor();
        if (present.isEmpty()) {
            return withoutPresent(branch, axis);
        }
        RangeLimit end = branch.reach(present.get());
        if (!end.finite()) {
            return new Runway.Endless();
        }
        if (!axis.temporal()) {
            return ids(present.get(), end, axis);
        }
        return axis.between(present.get(), end)
                .<Runway>map(left -> new Runway.Until(left, axis.words(end)))
                .orElseGet(Runway.Endless::new);
    }

    private Runway withoutPresent(Branch branch, Axis axis) {
        if (table.unreadable().isPresent()) {
            return new Runway.Unknown(table.unreadable().get());
        }
        boolean bottomless =
                branch.ranges().stream().anyMatch(range -> !range.to().finite());
        if (bottomless) {
            return new Runway.Endless();
        }
        if (axis.grid().isPresent()) {
            return new Runway.Unknown("it holds no row, or none that tells where the newest is");
        }
        return new Runway.Unknown("its bounds on " + axis.type().sqlName() + " show neither a period nor a step");
    }

    private Runway ids(RangeLimit present, RangeLimit end, Axis axis) {
        // The newest row is there already; what is asked for is the next one.
        BigDecimal left = end.position()
                .subtract(present.position())
                .subtract(BigDecimal.ONE)
                .max(BigDecimal.ZERO);
        Optional<BigDecimal> step =
                axis.grid().filter(NumberGrid.class::isInstance).map(grid -> ((NumberGrid) grid).step());
        Optional<Duration> time = Optional.ofNullable(facts.perDay().get(table.name()))
                .filter(rows -> rows >= 1)
                .map(rows -> left.doubleValue() / rows * SECONDS_A_DAY)
                .filter(seconds -> seconds < Long.MAX_VALUE / 4d)
                .map(seconds -> Duration.ofSeconds(seconds.longValue()));
        return new Runway.Ids(left, end.position(), step, time);
    }

    private void tell(Branch branch, Runway runway) {
        if (branch.attached().findAny().isEmpty()) {
            // That it has none is a finding of its own.
            return;
        }
        String who = branch.root() ? "" : branch.name().name().sql() + ": ";
        if (runway instanceof Runway.Unknown unknown) {
            notes.info(
                    ProblemCode.RUNWAY_UNKNOWN,
                    who + "how long rows have somewhere to go cannot be told: " + unknown.why(),
                    "see that somebody makes its partitions in time");
        } else if (runway instanceof Runway.Until until) {
            severity(until.left()).ifPresent(severity -> tell(branch, severity, who, until));
        } else if (runway instanceof Runway.Ids ids) {
            severity(ids).ifPresent(severity -> tell(branch, severity, who, ids));
        }
    }

    private Optional<Severity> severity(Duration left) {
        if (left.compareTo(thresholds.page()) < 0) {
            return Optional.of(Severity.ERROR);
        }
        return left.compareTo(thresholds.warn()) < 0 ? Optional.of(Severity.WARNING) : Optional.empty();
    }

    /** Without a rate a whole partition ahead counts as enough. */
    private Optional<Severity> severity(Runway.Ids ids) {
        if (ids.ids().signum() <= 0) {
            return Optional.of(Severity.ERROR);
        }
        if (ids.left().isPresent()) {
            return severity(ids.left().get());
        }
        return ids.step().filter(step -> ids.ids().compareTo(step) < 0).map(step -> Severity.WARNING);
    }

    private void tell(Branch branch, Severity severity, String who, Runway.Until until) {
        boolean over = until.left().isZero();
        tell(
                branch,
                severity,
                who
                        + (over
                                ? "rows of the present have no partition"
                                : "partitions reach until " + until.until() + ", which is " + words(until.left())
                                        + " from now")
                        + after(branch, over));
    }

    private void tell(Branch branch, Severity severity, String who, Runway.Ids ids) {
        boolean over = ids.ids().signum() <= 0;
        tell(
                branch,
                severity,
                who
                        + (over
                                ? "the next row, " + ids.until().toPlainString() + ", has no partition"
                                : "partitions reach until " + ids.until().toPlainString() + ", which is "
                                        + ids.ids().toPlainString() + " numbers from the newest row"
                                        + ids.left()
                                                .map(left -> ", about " + words(left) + " at the rate of the past")
                                                .orElse(""))
                        + after(branch, over));
    }

    private static String after(Branch branch, boolean over) {
        String now = over ? "they" : "later ones";
        return branch.fallback().isPresent()
                ? "; " + now + " go to DEFAULT, and no partition can be made for them while they lie there"
                : "; " + now + " are refused";
    }

    /** Where there is a DEFAULT nothing is refused, so nobody has to get up for it. */
    private void tell(Branch branch, Severity severity, String message) {
        notes.add(
                branch.fallback().isPresent() && severity == Severity.ERROR ? Severity.WARNING : severity,
                ProblemCode.RUNWAY_SHORT,
                message,
                "partita init writes a declaration of what is there, partita apply makes what is missing",
                "or make partitions as you made these");
    }

    /** {@code 9 days}, {@code 5 hours}. */
    static String words(Duration time) {
        return time.toDays() >= 1 ? Notes.count(time.toDays(), "day") : Notes.count(time.toHours(), "hour");
    }
}
