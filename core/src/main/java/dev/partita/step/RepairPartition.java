package dev.partita.step;

import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes a partition like its table again, in everything in which it differs, in one transaction: with its owner its grants come and
 * go, and row-level security is never on without its policies.
 *
 * <p>Only the partition is locked, by the strongest lock that one of the statements takes, before the first of them. No row is read.
 *
 * @param partition what is mended, a leaf or a branch; a branch itself, not what is below it
 * @param mendings at least one
 */
public record RepairPartition(TableName table, Attached partition, List<Mending> mendings, Reason reason)
        implements Step {

    public RepairPartition {
        mendings = List.copyOf(mendings);
    }

    @Override
    public TableName relation() {
        return partition.name();
    }

    @Override
    public List<Sql> sql() {
        return Stream.concat(
                        Stream.of(onPartition().statement(), partition.guard()),
                        mendings.stream().flatMap(mending -> mending.sql().stream()))
                .toList();
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(onPartition());
    }

    private RelationLock onPartition() {
        return new RelationLock(
                partition.name(),
                mendings.stream().map(Mending::lock).reduce(Lock.SHARE_UPDATE_EXCLUSIVE, Lock::stronger));
    }

    @Override
    public String words() {
        return "repair partition";
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
        return visitor.repairPartition(this);
    }
}
