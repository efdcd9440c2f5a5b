package dev.partita.step;

import dev.partita.catalog.CatalogIndex;
import dev.partita.catalog.Likeness;
import dev.partita.catalog.Likeness.Grant;
import dev.partita.catalog.Likeness.Policy;
import dev.partita.catalog.Likeness.ReplicaIdentity;
import dev.partita.catalog.Likeness.RowSecurity;
import dev.partita.declaration.IndexDeclaration;
import dev.partita.declaration.LeafOptions;
import dev.partita.declaration.Naming;
import dev.partita.sql.Identifier;
import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import dev.partita.sql.SqlPart;
import dev.partita.table.TableName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a new relation is made to look like its parent: the statements around {@code LIKE}, which copies neither owner nor
 * grants, policies, statistics targets, replica identity, storage parameters or tablespace.
 *
 * @param likeness what the parent has
 * @param leaf what the declaration wants on every leaf
 * @param leafIndexes indexes on leaves only
 */
public record Dressing(Likeness likeness, LeafOptions leaf, List<IndexDeclaration> leafIndexes) {

    private static final Sql PUBLIC = new Sql("PUBLIC");

    public Dressing {
        leafIndexes = List.copyOf(leafIndexes);
    }

    /** Makes the relation, empty and on its own: nobody else can see it before it is attached. */
    public List<Sql> create(NewPartition partition, TableName parent) {
        return create(partition, parent, new Sql(""));
    }

    /** The same without some of what LIKE copies, such as {@code EXCLUDING STATISTICS}. */
    public List<Sql> create(NewPartition partition, TableName parent, Sql without) {
        List<Sql> statements = new ArrayList<>();
        boolean isLeaf = partition.divided().isEmpty();
        statements.add(Sql.of(
                "CREATE TABLE {} (LIKE {} INCLUDING ALL EXCLUDING INDEXES EXCLUDING IDENTITY{}){}",
                partition.name(),
                parent,
                without,
                new Sql(tail(partition, isLeaf))));
        likeness.comment()
                .ifPresent(comment ->
                        statements.add(Sql.of("COMMENT ON TABLE {} IS {}", partition.name(), Literal.of(comment))));
        likeness.statistics()
                .forEach((column, target) -> statements.add(Sql.of(
                        "ALTER TABLE {} ALTER COLUMN {} SET STATISTICS {}",
                        partition.name(),
                        column,
                        new Sql(Integer.toString(target)))));
        statements.addAll(grants(partition.name()));
        statements.addAll(rowSecurity(partition.name()));
        if (isLeaf) {
            statements.addAll(replicaIdentity(partition.name()));
            leafIndexes.forEach(index -> statements.add(IndexSql.create(named(index, partition), partition.name())));
        }
        return statements;
    }

    /** PostgreSQL names it, but for one that is to be known again by its name. */
    private static IndexDeclaration named(IndexDeclaration index, NewPartition partition) {
        return index.newest().isPresent()
                ? index.named(index.nameOn(partition.name().name(), ""))
                : index;
    }

    /** The clauses behind the parentheses, in PostgreSQL's order. */
    private String tail(NewPartition partition, boolean isLeaf) {
        StringBuilder tail = new StringBuilder();
        partition.divided().ifPresent(division -> tail.append(' ').append(division.clause()));
        likeness.accessMethod().ifPresent(method -> tail.append(" USING ").append(method.sql()));
        if (isLeaf && !leaf.storage().isEmpty()) {
            tail.append(leaf.storage().entrySet().stream()
                    .map(option -> optionName(option.getKey()) + " = " + Literal.of(option.getValue()))
                    .collect(Collectors.joining(", ", " WITH (", ")")));
        }
        (isLeaf ? leaf.tablespace().or(likeness::tablespace) : likeness.tablespace())
                .ifPresent(tablespace -> tail.append(" TABLESPACE ").append(tablespace.sql()));
        return tail.toString();
    }

    /** {@code toast.autovacuum_enabled} is two identifiers. */
    private static String optionName(String option) {
        return Arrays.stream(option.split("\\.", 2))
                .map(part -> Identifier.of(part).sql())
                .collect(Collectors.joining("."));
    }

    private List<Sql> grants(TableName relation) {
        List<Sql> statements = new ArrayList<>();
        if (!likeness.strangers().isEmpty()) {
            statements.add(Sql.of("REVOKE ALL ON TABLE {} FROM {}", relation, roles(likeness.strangers())));
        }
        likeness.grants().forEach(grant -> statements.add(grant(grant, relation)));
        return statements;
    }

    static Sql grant(Grant grant, TableName relation) {
        return Sql.of(
                "GRANT {}{} ON TABLE {} TO {}{}",
                new Sql(grant.privilege()),
                column(grant),
                relation,
                role(grant.grantee()),
                new Sql(grant.grantable() ? " WITH GRANT OPTION" : ""));
    }

    /** On which column a privilege is, after its name; nothing where it is on all. */
    static Sql column(Grant grant) {
        return new Sql(grant.column().map(column -> " (" + column.sql() + ")").orElse(""));
    }

    private static Sql roles(Collection<Optional<Identifier>> roles) {
        return Sql.list(roles.stream().map(Dressing::role).toList());
    }

    static SqlPart role(Optional<Identifier> role) {
        return role.<SqlPart>map(name -> name).orElse(PUBLIC);
    }

    private List<Sql> rowSecurity(TableName relation) {
        List<Sql> statements = new ArrayList<>(rowSecurity(likeness.rowSecurity(), relation));
        likeness.policies().forEach(policy -> statements.add(policy(policy, relation)));
        return statements;
    }

    static List<Sql> rowSecurity(RowSecurity wanted, TableName relation) {
        List<Sql> statements = new ArrayList<>();
        if (wanted != RowSecurity.OFF) {
            statements.add(Sql.of("ALTER TABLE {} ENABLE ROW LEVEL SECURITY", relation));
        }
        if (wanted == RowSecurity.FORCED) {
            statements.add(Sql.of("ALTER TABLE {} FORCE ROW LEVEL SECURITY", relation));
        }
        return statements;
    }

    static Sql policy(Policy policy, TableName relation) {
        return Sql.of(
                "CREATE POLICY {} ON {} AS {} FOR {} TO {}{}{}",
                policy.name(),
                relation,
                new Sql(policy.permissive() ? "PERMISSIVE" : "RESTRICTIVE"),
                new Sql(policy.command()),
                roles(policy.roles()),
                new Sql(policy.using()
                        .map(condition -> " USING (" + condition + ")")
                        .orElse("")),
                new Sql(policy.check()
                        .map(condition -> " WITH CHECK (" + condition + ")")
                        .orElse("")));
    }

    private List<Sql> replicaIdentity(TableName relation) {
        if (likeness.replicaIdentity() instanceof ReplicaIdentity.Full) {
            return List.of(Sql.of("ALTER TABLE {} REPLICA IDENTITY FULL", relation));
        }
        if (likeness.replicaIdentity() instanceof ReplicaIdentity.Nothing) {
            return List.of(Sql.of("ALTER TABLE {} REPLICA IDENTITY NOTHING", relation));
        }
        if (likeness.replicaIdentity() instanceof ReplicaIdentity.Index identity) {
            return identityIndex(relation, identity.index());
        }
        return List.of();
    }

    /** The index has to exist, under a name we know, before it can be named; ATTACH then takes it for the parent's. */
    private static List<Sql> identityIndex(TableName relation, CatalogIndex index) {
        Identifier name = new Naming("{table}_identity").name(relation.name(), token -> token);
        Sql columns = Sql.list(index.columns());
        Sql make = switch (index.kind()) {
            case PRIMARY_KEY -> Sql.of("ALTER TABLE {} ADD CONSTRAINT {} PRIMARY KEY ({})", relation, name, columns);
            case UNIQUE_CONSTRAINT -> Sql.of("ALTER TABLE {} ADD CONSTRAINT {} UNIQUE ({})", relation, name, columns);
            case PLAIN, UNIQUE_INDEX, EXCLUSION -> Sql.of("CREATE UNIQUE INDEX {} ON {} ({})", name, relation, columns);
        };
        return List.of(make, Sql.of("ALTER TABLE {} REPLICA IDENTITY USING INDEX {}", relation, name));
    }
}
