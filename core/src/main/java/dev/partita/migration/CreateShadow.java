package dev.partita.migration;

import dev.partita.catalog.Likeness;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.step.Dressing;
import dev.partita.step.NewPartition;
import dev.partita.step.Reason;
import dev.partita.step.RelationLock;
import dev.partita.table.TableName;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the new table, empty, without partitions and indexes.
 *
 * @param shadow what is made
 * @param dressing what it takes over from the old one
 * @param source the old one
 */
record CreateShadow(Rewrite rewrite, NewPartition shadow, Dressing dressing, Source source, Reason reason)
        implements MigrationStep {

    /** LIKE would take conditions over that no partitioned table can have, and give statistics other names. */
    private static final Sql MADE_HERE = new Sql(" EXCLUDING CONSTRAINTS EXCLUDING STATISTICS");

    @Override
    public TableName relation() {
        return shadow.name();
    }

    /** Its key has to be NOT NULL in both, and a primary key makes it so only later. */
    @Override
    public List<Sql> sql() {
        TableName name = shadow.name();
        List<Sql> statements = new ArrayList<>(dressing.create(shadow, rewrite.table(), MADE_HERE));
        source.checks().stream().filter(check -> !check.last()).forEach(check -> statements.add(check.on(name)));
        for (Source.Statistics each : source.statistics()) {
            TableName made = each.name().sibling(each.temporary());
            statements.add(Sql.of("CREATE STATISTICS {}{} FROM {}", made, new Sql(each.body()), name));
            each.target()
                    .ifPresent(target -> statements.add(
                            Sql.of("ALTER STATISTICS {} SET STATISTICS {}", made, new Sql(Integer.toString(target)))));
        }
        Exchange.options(source.columns(), name).forEach(statements::add);
        // An index does so only when it is there; partitions take the other two from here.
        if (dressing.likeness().replicaIdentity() instanceof Likeness.ReplicaIdentity.Full) {
            statements.add(Sql.of("ALTER TABLE {} REPLICA IDENTITY FULL", name));
        } else if (dressing.likeness().replicaIdentity() instanceof Likeness.ReplicaIdentity.Nothing) {
            statements.add(Sql.of("ALTER TABLE {} REPLICA IDENTITY NOTHING", name));
        }
        rewrite.noted()
                .forEach(column ->
                        statements.add(Sql.of("ALTER TABLE {} ALTER COLUMN {} SET NOT NULL", name, column.name())));
        return statements;
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(new RelationLock(rewrite.table(), Lock.ACCESS_SHARE));
    }

    @Override
    public String words() {
        return "create the new table";
    }
}
