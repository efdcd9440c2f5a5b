package dev.partita.plan;

import dev.partita.declaration.Ahead;
import dev.partita.declaration.Cell;
import dev.partita.declaration.Grid;
import dev.partita.declaration.Retention;
import dev.partita.declaration.TimeGrid;
import dev.partita.plan.Outlook.Coming;
import dev.partita.plan.Outlook.Event;
import dev.partita.table.PartitionBound.Opaque;
import dev.partita.table.RangeLimit;
import dev.partita.table.TableName;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks ahead: which partition will be wanted next, and which will have been kept long enough. */
final class Forecast {

    /** So many partitions may be there beyond what is declared; further ahead nobody needs to look. */
    private static final int FURTHEST = 1_000;

    private final List<RangeLevel> levels;
    private final Retention retention;
    private final Instant now;

    Forecast(List<RangeLevel> levels, Retention retention, Instant now) {
        this.levels = levels;
        this.retention = retention;
        this.now = now;
    }

    private record Moment(Event event, RangeLevel level, TableName partition, RangeLimit when) {
        Coming coming(int others) {
            return new Coming(event, partition, others, level.words(when), level.grid() instanceof TimeGrid);
        }
    }

    List<Coming> coming() {
        List<Moment> creations =
                levels.stream().flatMap(level -> creation(level).stream()).toList();
        List<Moment> retirements =
                levels.stream().flatMap(level -> retirement(level).stream()).toList();
        return Stream.of(creations, retirements)
                .map(Forecast::soonest)
                .filter(moments -> !moments.isEmpty())
                .sorted(Comparator.comparing(moments -> moments.get(0).when()))
                .map(moments -> moments.get(0).coming(moments.size() - 1))
                .toList();
    }

    /** What happens first, in all branches where it happens then. */
    private static List<Moment> soonest(List<Moment> moments) {
        Optional<RangeLimit> first = moments.stream().map(Moment::when).min(Comparator.naturalOrder());
        return moments.stream()
                .filter(moment -> first.equals(Optional.of(moment.when())))
                .toList();
    }

    private Optional<Moment> creation(RangeLevel level) {
        if (level.partitions().stream().anyMatch(partition -> partition.bound() instanceof Opaque)) {
            return Optional.empty();
        }
        return level.ahead() instanceof Ahead.Partitions partitions
                ? byNumber(level, partitions.count())
                : byHorizon(level, (Ahead.Horizon) level.ahead());
    }

    /** The present moves on by a cell, and with it the future that is wanted. */
    private static Optional<Moment> byNumber(RangeLevel level, int ahead) {
        Grid grid = level.grid();
        Cell due = grid.next(grid.cellAt(level.present()));
        Cell wanted = due;
        for (int i = 0; i < ahead; i++) {
            wanted = grid.next(wanted);
        }
        for (int i = 0; i < FURTHEST; i++) {
            if (level.canTake(wanted.range())) {
                return Optional.of(new Moment(Event.CREATION, level, level.relation(wanted), due.from()));
            }
            due = grid.next(due);
            wanted = grid.next(wanted);
        }
        return Optional.empty();
    }

    private Optional<Moment> byHorizon(RangeLevel level, Ahead.Horizon horizon) {
        if (!(level.grid() instanceof TimeGrid grid)) {
            return Optional.empty();
        }
        RangeLimit end = grid.place(horizon.period().after(LocalDateTime.ofInstant(now, grid.zone()), 1));
        Cell wanted = grid.cellAt(end);
        for (int i = 0; i < FURTHEST; i++) {
            wanted = grid.next(wanted);
            if (level.canTake(wanted.range())) {
                RangeLimit begin = wanted.from();
                return Optional.of(new Moment(
                        Event.CREATION,
                        level,
                        level.relation(wanted),
                        grid.place(Cutoff.first(
                                horizon.period().after(grid.time(begin).toLocalDateTime(), -1),
                                then -> !grid.place(horizon.period().after(then, 1))
                                        .isBefore(begin)))));
            }
        }
        return Optional.empty();
    }

    private Optional<Moment> retirement(RangeLevel level) {
        return retention
                .limited()
                .flatMap(limited -> level.partitions().stream()
                        .flatMap(partition -> Candidate.of(level, partition).stream())
                        .filter(candidate -> candidate.isOurs()
                                && isKept(candidate, limited)
                                && !limited.restraint().pins(candidate.range(), level.grid()))
                        .min(Candidate.BY_END)
                        .flatMap(candidate -> Cutoff.passes(
                                        limited.keep(),
                                        level.grid(),
                                        candidate.range().to())
                                .map(when -> new Moment(
                                        Event.RETIREMENT,
                                        level,
                                        candidate.partition().name(),
                                        when))));
    }

    private static boolean isKept(Candidate candidate, Retention.Limited limited) {
        return !candidate.partition().detachPending()
                && candidate
                        .level()
                        .cutoff(limited.keep())
                        .filter(cutoff -> cutoff.isBefore(candidate.range().to()))
                        .isPresent();
    }
}
