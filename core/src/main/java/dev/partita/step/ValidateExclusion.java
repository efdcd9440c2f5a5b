package dev.partita.step;

import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.time.Duration;
import java.util.List;

/**
 * Proves the promise of {@link ExcludeFromDefault} by reading DEFAULT once, while everybody reads and writes it.
 *
 * @param exclusion what is proved
 */
public record ValidateExclusion(TableName table, Exclusion exclusion, Reason reason) implements Step {

    @Override
    public TableName relation() {
        return exclusion.partition();
    }

    @Override
    public List<Sql> sql() {
        return List.of(Sql.of("ALTER TABLE {} VALIDATE CONSTRAINT {}", exclusion.partition(), exclusion.constraint()));
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(new RelationLock(exclusion.partition(), Lock.SHARE_UPDATE_EXCLUSIVE));
    }

    /** It reads all of DEFAULT, while everybody works. */
    @Override
    public Duration limit() {
        return Duration.ZERO;
    }

    @Override
    public String words() {
        return "prove that DEFAULT holds no such row";
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
        return visitor.validateExclusion(this);
    }
}
