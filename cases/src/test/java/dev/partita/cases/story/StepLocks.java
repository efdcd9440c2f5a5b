package dev.partita.cases.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.sql.Lock;
import dev.partita.step.AttachIndex;
import dev.partita.step.CreateFromDefault;
import dev.partita.step.CreatePartition;
import dev.partita.step.CreateTable;
import dev.partita.step.DropPartition;
import dev.partita.step.MovePartition;
import dev.partita.step.NewPartition;
import dev.partita.step.RelationLock;
import dev.partita.step.Step;
import dev.partita.table.TableName;
import dev.partita.test.HeldLock;
import dev.partita.test.LockRecorder;
import dev.partita.test.LockRecorder.Transaction;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a step says that it locks, beside what its transaction held in the end. */
final class StepLocks {

    private final Step step;
    private final SortedMap<TableName, Set<Lock>> held = new TreeMap<>();
    private final Set<TableName> made;

    private StepLocks(Step step, Transaction transaction) {
        this.step = step;
        this.made = made(step).collect(Collectors.toSet());
        for (HeldLock lock : transaction.locks()) {
            TableName relation = TableName.parse(lock.relation());
            if (!made.contains(relation)) {
                held.computeIfAbsent(relation, name -> EnumSet.noneOf(Lock.class))
                        .add(mode(lock));
            }
        }
    }

    static StepLocks of(Step step, Transaction transaction) {
        return new StepLocks(step, transaction);
    }

    /** The transactions of steps; a run ends with one that waits for the disk. */
    static List<Transaction> ofSteps(LockRecorder recorder) {
        return recorder.transactions().stream()
                .filter(transaction ->
                        transaction.statements().stream().anyMatch(sql -> sql.contains("pg_advisory_xact_lock")))
                .toList();
    }

    /** Relations that nobody else can see before the commit, or that had another name before it, or none after it. */
    private static Stream<TableName> made(Step step) {
        if (step instanceof CreatePartition create) {
            return create.partition().tree().map(NewPartition::name);
        }
        if (step instanceof CreateFromDefault create) {
            return create.partition().tree().map(NewPartition::name);
        }
        if (step instanceof MovePartition move) {
            return Stream.of(
                    move.relation(),
                    new TableName(move.schema(), move.relation().name()));
        }
        if (step instanceof AttachIndex attach) {
            // What it locks are indexes, which are not looked at here.
            return Stream.of(attach.relation(), attach.parentIndex());
        }
        return step instanceof CreateTable || step instanceof DropPartition
                ? Stream.of(step.relation())
                : Stream.empty();
    }

    private static Lock mode(HeldLock lock) {
        return Lock.valueOf(lock.mode().toUpperCase(Locale.ROOT).replace(' ', '_'));
    }

    /** The strongest lock on each relation. */
    SortedMap<TableName, Lock> strongest() {
        SortedMap<TableName, Lock> strongest = new TreeMap<>();
        held.forEach((relation, modes) ->
                strongest.put(relation, modes.stream().max(Lock::compareTo).orElseThrow()));
        return strongest;
    }

    /** Nothing is locked harder than the step says, but for what blocks nobody; and what it says is really taken. */
    void mustBeAsSaid() {
        List<RelationLock> said = step.locks();
        strongest()
                .forEach((relation, mode) -> assertThat(said)
                        .as("%s holds %s on %s", PlanText.of(step), mode, relation)
                        .satisfiesAnyOf(
                                locks -> assertThat(mode).isEqualTo(Lock.ACCESS_SHARE),
                                locks -> assertThat(locks)
                                        .anyMatch(lock -> lock.relation().equals(relation)
                                                && lock.mode().compareTo(mode) >= 0)));
        said.stream()
                .filter(lock -> !made.contains(lock.relation()))
                .forEach(lock -> assertThat(held.getOrDefault(lock.relation(), Set.of()))
                        .as("%s says that it locks %s", PlanText.of(step), lock)
                        .contains(lock.mode()));
    }
}
