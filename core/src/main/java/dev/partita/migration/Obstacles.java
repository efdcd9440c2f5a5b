package dev.partita.migration;

import dev.partita.catalog.CatalogColumn;
import dev.partita.catalog.RelationKind;
import dev.partita.catalog.Server;
import dev.partita.declaration.TableDeclaration;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What keeps a table from being migrated; looked for before anything is changed, all at once. */
final class Obstacles {

    private final Source source;
    private final TableDeclaration declaration;
    private final List<Problem> found = new ArrayList<>();

    private Obstacles(Source source, TableDeclaration declaration) {
        this.source = source;
        this.declaration = declaration;
    }

    static List<Problem> of(Source source, TableDeclaration declaration, Server server) {
        Obstacles obstacles = new Obstacles(source, declaration);
        obstacles.look(server);
        return obstacles.found;
    }

    /** What identifies a row: the primary key, or else a unique index of columns that are never NULL. */
    static Optional<List<CatalogColumn>> key(Source source) {
        return source.indexes().stream()
                .filter(index -> index.unique() && index.valid() && !index.partial())
                .filter(index ->
                        index.columns().size() == index.parts() && index.constraint() != Source.Constraint.EXCLUSION)
                .sorted(Comparator.comparing(index -> index.constraint() != Source.Constraint.PRIMARY_KEY))
                .map(index -> index.columns().stream()
                        .flatMap(column -> source.table().column(column).stream())
                        .toList())
                .filter(columns -> columns.stream().allMatch(CatalogColumn::notNull))
                .findFirst();
    }

    private void look(Server server) {
        if (source.table().kind() != RelationKind.TABLE) {
            add("is " + source.table().kind() + ", and only a plain table can be migrated");
            return;
        }
        if (source.inherits()) {
            add(
                    "has a parent or children by inheritance",
                    "take it out of the inheritance: ALTER TABLE … NO INHERIT …");
        }
        if (!source.logged()) {
            add("is unlogged: a crash of the server would leave half of it", "ALTER TABLE … SET LOGGED");
        }
        if (source.forced()) {
            add(
                    "has row-level security for its owner as well, so not every row could be copied",
                    "ALTER TABLE … NO FORCE ROW LEVEL SECURITY until the migration is over");
        }
        if (key(source).isEmpty()) {
            add(
                    "has no primary key, and no unique index of columns that are never NULL: a changed row could not be found again",
                    "make one: CREATE UNIQUE INDEX CONCURRENTLY …");
        }
        declaration.scheme().levels().forEach(level -> column(level.column()));
        source.table()
                .referencedBy()
                .forEach(referencing -> add(
                        "is referenced by " + referencing
                                + ", and the keys of a partitioned table are unique only together with the partition key",
                        "give " + referencing + " the column of the partition key, and a foreign key over both",
                        "or partition by the key itself",
                        "or drop that foreign key"));
        source.indexes().forEach(this::index);
        source.dependents()
                .forEach(dependent -> add(
                        "has something that would go on meaning the old table: " + dependent,
                        "drop it, and make it anew afterwards"));
        if (server.stateSchema().isEmpty()) {
            found.add(Problem.of(
                    ProblemCode.STATE_SCHEMA_UNFIT,
                    "schema partita",
                    "a migration writes down where it is, and the state schema is not installed",
                    "partita install"));
        } else if (server.stateSchema().get() < dev.partita.execution.StateSchema.WITH_MIGRATIONS) {
            found.add(Problem.of(
                    ProblemCode.STATE_SCHEMA_UNFIT,
                    "schema partita",
                    "the state schema is of version " + server.stateSchema().get() + ", and migrations need version "
                            + dev.partita.execution.StateSchema.WITH_MIGRATIONS,
                    "bring it up to date: partita install"));
        }
    }

    private void column(Identifier column) {
        Optional<CatalogColumn> there = source.table().column(column);
        if (there.isEmpty()) {
            add("has no column " + column + " to be partitioned by");
        } else if (!there.get().notNull()) {
            add(
                    "may have rows without a " + column + ", which would have no partition",
                    "ALTER TABLE " + declaration.name() + " ADD CHECK (" + column + " IS NOT NULL) NOT VALID; "
                            + "VALIDATE it, then ALTER COLUMN " + column + " SET NOT NULL, which reads nothing then");
        }
    }

    private void index(Source.Index index) {
        if (!index.valid()) {
            add("has an invalid index " + index.name(), "REINDEX INDEX CONCURRENTLY it, or drop it");
        } else if (index.constraint() == Source.Constraint.EXCLUSION) {
            add(
                    "has an exclusion constraint " + index.name() + ", which would hold within a partition only",
                    "drop it");
        } else if (index.tail().isEmpty()) {
            add("has an index that partita cannot read: " + index.name(), "report it, it should be readable");
        }
    }

    private void add(String what, String... waysOut) {
        found.add(Problem.of(ProblemCode.MIGRATION_OBSTACLE, declaration.name().sql(), what, waysOut));
    }
}
