package dev.partita.step;

import dev.partita.catalog.Answers;
import dev.partita.catalog.RowCondition;
import dev.partita.sql.Identifier;
import dev.partita.sql.Literal;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes a partition whose rows have come to lie in DEFAULT already, and moves them into it, in one transaction: others see them
 * in DEFAULT until the commit and in the partition after it.
 *
 * <p>Everybody who uses the parent is stopped for as long as it takes, readers too. ATTACH itself would let them pass, but a query
 * that has read the list of partitions already and then waits for DEFAULT would look for the rows there, where they are no more.
 * So only few rows are moved, out of a small DEFAULT, and only when nobody else would hear of it.
 *
 * @param creation the partition, as if no row lay in DEFAULT
 * @param fallback the DEFAULT partition
 * @param column the key
 * @param columns what is written into the partition; generated columns are computed anew
 * @param counted how many rows there were when the plan was made
 */
public record CreateFromDefault(
        CreatePartition creation, TableName fallback, Identifier column, List<Identifier> columns, long counted)
        implements Step {

    /** Whoever has been at it for so long will not be gone when we have the locks. */
    private static final Duration A_WHILE = Duration.ofMillis(200);

    public CreateFromDefault {
        columns = List.copyOf(columns);
    }

    @Override
    public TableName table() {
        return creation.table();
    }

    /** To what it is attached; the table itself or a branch of it. */
    public TableName parent() {
        return creation.parent();
    }

    public NewPartition partition() {
        return creation.partition();
    }

    @Override
    public TableName relation() {
        return creation.relation();
    }

    @Override
    public Reason reason() {
        return creation.reason();
    }

    @Override
    public Optional<Sql> lock() {
        return creation.lock();
    }

    /** The partition is made before everybody is stopped, and filled and attached while they are. */
    @Override
    public List<Sql> sql() {
        List<Sql> statements = new ArrayList<>();
        statements.add(OlderTransactions.nobodyFor(A_WHILE));
        statements.addAll(creation.build());
        statements.add(stopped().statement());
        statements.add(Sql.of("LOCK TABLE {} IN {} MODE", fallback, Lock.ACCESS_EXCLUSIVE));
        statements.add(nobodyHears());
        statements.add(move());
        statements.add(creation.attach());
        return statements;
    }

    @Override
    public Optional<Sql> beforeCommit() {
        return Optional.of(OlderTransactions.nobody());
    }

    /** Foreign keys that point here have triggers on DELETE as well. */
    private Sql nobodyHears() {
        return Identity.refusal(
                Sql.of(
                        "SELECT FROM pg_partition_tree({}) p WHERE EXISTS (SELECT FROM pg_trigger t"
                                + " WHERE t.tgrelid = p.relid AND t.tgtype & 8 <> 0 AND t.tgenabled <> 'D')"
                                + " OR EXISTS (SELECT FROM pg_rewrite r WHERE r.ev_class = p.relid)",
                        Literal.of(fallback.sql())),
                "a foreign key, a trigger or a rule on " + fallback.sql() + " would take the move for a deletion");
    }

    /** Counted under the lock, so that what is moved can be compared with it. A column may be called as our variables are. */
    private Sql move() {
        Sql condition = RowCondition.of(column, partition().type(), partition().bound())
                .orElseThrow(() -> new IllegalArgumentException("not known which rows it takes: " + partition()));
        Sql names = Sql.list(columns);
        Sql body = Sql.of(
                """
                #variable_conflict use_column
                DECLARE counted bigint; moved bigint; BEGIN
                  SELECT count(*) INTO counted FROM (SELECT FROM {} WHERE {} LIMIT {}) AS r;
                  IF counted > {} THEN RAISE EXCEPTION USING ERRCODE = {}, MESSAGE = {}; END IF;
                  WITH gone AS (DELETE FROM {} WHERE {} RETURNING {})
                  INSERT INTO {} ({}) SELECT {} FROM gone;
                  GET DIAGNOSTICS moved = ROW_COUNT;
                  IF moved <> counted THEN RAISE EXCEPTION USING ERRCODE = {}, MESSAGE = {}; END IF;
                END""",
                fallback,
                condition,
                new Sql(Long.toString(Answers.Moving.MOST_ROWS + 1)),
                new Sql(Long.toString(Answers.Moving.MOST_ROWS)),
                Literal.of(Identity.REFUSED),
                Literal.of(
                        "more than " + Answers.Moving.MOST_ROWS + " rows of it lie in " + fallback.sql() + " by now"),
                fallback,
                condition,
                names,
                partition().name(),
                names,
                names,
                Literal.of(Identity.REFUSED),
                Literal.of("not every row of " + fallback.sql() + " that was counted has been moved"));
        return Sql.of("DO {}", Literal.of(body.sql()));
    }

    @Override
    public List<RelationLock> locks() {
        return RelationLock.strongest(Stream.concat(
                Stream.of(stopped()),
                Stream.concat(
                        Stream.of(new RelationLock(fallback, Lock.ACCESS_EXCLUSIVE)), creation.neighbours().stream())));
    }

    private RelationLock stopped() {
        return new RelationLock(parent(), Lock.ACCESS_EXCLUSIVE);
    }

    /** Rows are moved while everybody waits. */
    @Override
    public Duration limit() {
        return Duration.ofSeconds(1);
    }

    @Override
    public String words() {
        return "create partition with its rows";
    }

    /** Lost, the rows are in DEFAULT again; and the commit does not wait for the disk while somebody may take a snapshot. */
    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public boolean standsAlone() {
        return true;
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
        return visitor.createFromDefault(this);
    }
}
