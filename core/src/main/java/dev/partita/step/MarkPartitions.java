package dev.partita.step;

import dev.partita.catalog.Marker;
import dev.partita.sql.Literal;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes into the comments of partitions that they are being retired, before {@link DetachConcurrently}, which cannot share a
 * transaction with anything. Whoever finds one half detached later knows by it that finishing is what was meant.
 *
 * <p>Several at once, because a commit of its own for each would take as long as taking it out.
 *
 * @param marks at least one
 */
public record MarkPartitions(TableName table, List<Mark> marks, Reason reason) implements Step {

    /**
     * A partition and its new comment.
     *
     * @param partition what is marked
     * @param comment the marker, and what stood there
     */
    public record Mark(Attached partition, Marker.Comment comment) {

        private RelationLock lock() {
            return new RelationLock(partition.name(), Lock.SHARE_UPDATE_EXCLUSIVE);
        }

        private Sql sql() {
            return Sql.of("COMMENT ON TABLE {} IS {}", partition.name(), Literal.of(comment.text()));
        }
    }

    public MarkPartitions {
        marks = List.copyOf(marks);
    }

    /** The same without some of them; empty if none is left. */
    public Optional<MarkPartitions> without(Set<TableName> partitions) {
        List<Mark> rest = marks.stream()
                .filter(mark -> !partitions.contains(mark.partition().name()))
                .toList();
        return rest.isEmpty() ? Optional.empty() : Optional.of(new MarkPartitions(table, rest, reason));
    }

    /** The first of them. */
    @Override
    public TableName relation() {
        return marks.get(0).partition().name();
    }

    @Override
    public Set<TableName> relations() {
        return marks.stream().map(mark -> mark.partition().name()).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public List<Sql> sql() {
        Sql relations = Sql.list(marks.stream()
                .map(mark -> Sql.of("ONLY {}", mark.partition().name()))
                .toList());
        Sql lock = Sql.of("LOCK TABLE {} IN {} MODE", relations, Lock.SHARE_UPDATE_EXCLUSIVE);
        Sql guard = Attached.guard(marks.stream().map(Mark::partition).toList());
        return Stream.concat(Stream.of(lock, guard), marks.stream().map(Mark::sql))
                .toList();
    }

    @Override
    public List<RelationLock> locks() {
        return marks.stream().map(Mark::lock).toList();
    }

    @Override
    public String words() {
        return marks.size() == 1 ? "mark partition" : "mark partitions";
    }

    @Override
    public boolean retires() {
        return true;
    }

    /** What is lost with it is lost in the right order: a partition that is out bears its mark. */
    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
        return visitor.markPartitions(this);
    }
}
