package dev.partita.migration;

import dev.partita.catalog.CatalogColumn;
import dev.partita.catalog.RelationKind;
import dev.partita.catalog.Server;
import dev.partita.declaration.Scheme;
import dev.partita.declaration.TableDeclaration;
import dev.partita.execution.StateSchema;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What keeps a table from being migrated; looked for before anything is changed, all at once. */
final class Obstacles {

    private final Source source;
    private final TableDeclaration declaration;
    private final List<Problem> found = new ArrayList<>();

    private Obstacles(Source source, TableDeclaration declaration) {
        this.source = source;
        this.declaration = declaration;
    }

    /**
     * All of it.
     *
     * @param refusals what the catalog alone can tell
     */
    static List<Problem> of(
            Source source, List<SourceReader.Refusal> refusals, TableDeclaration declaration, Server server) {
        Obstacles obstacles = new Obstacles(source, declaration);
        obstacles.look(refusals, server);
        return obstacles.found;
    }

    /** What identifies a row: the primary key, or else a unique index of columns that are never NULL. */
    static Optional<List<CatalogColumn>> key(Source source) {
        return source.indexes().stream()
                .filter(index -> index.unique() && index.valid() && !index.partial() && !index.temporal())
                .filter(index ->
                        index.columns().size() == index.parts() && index.constraint() != Source.Constraint.EXCLUSION)
                .sorted(Comparator.comparing(index -> index.constraint() != Source.Constraint.PRIMARY_KEY))
                .map(index -> index.columns().stream()
                        .flatMap(column -> source.table().column(column).stream())
                        .toList())
                .filter(columns -> columns.stream().allMatch(CatalogColumn::notNull))
                .findFirst();
    }

    private void look(List<SourceReader.Refusal> refusals, Server server) {
        if (source.table().kind() != RelationKind.TABLE) {
            add("is " + source.table().kind() + ", and only a plain table can be migrated", wayOut());
            return;
        }
        if (key(source).isEmpty()) {
            add(
                    "has no primary key, and no unique index of columns that are never NULL: a changed row could not be found again",
                    "make one: CREATE UNIQUE INDEX CONCURRENTLY …");
        }
        place().forEach(this::column);
        refusals.forEach(refusal -> add(refusal.what(), refusal.waysOut().toArray(String[]::new)));
        source.referencing().forEach(this::referencing);
        source.indexes().forEach(index -> index(index, server.major()));
        source.bound().forEach(this::bound);
        if (server.stateSchema().isEmpty()) {
            found.add(Problem.of(
                    ProblemCode.STATE_SCHEMA_UNFIT,
                    "schema partita",
                    "a migration writes down where it is, and the state schema is not installed",
                    "partita install"));
        } else if (server.stateSchema().get() < StateSchema.WITH_MIGRATIONS) {
            found.add(Problem.of(
                    ProblemCode.STATE_SCHEMA_UNFIT,
                    "schema partita",
                    "the state schema is of version " + server.stateSchema().get() + ", and migrations need version "
                            + StateSchema.WITH_MIGRATIONS,
                    "bring it up to date: partita install"));
        }
    }

    private String wayOut() {
        return switch (source.table().kind()) {
            case FOREIGN -> "migrate it where its rows are";
            case VIEW, MATERIALIZED_VIEW -> "migrate the tables that it reads";
            default -> "partita plan says what can be done with it";
        };
    }

    /** What would say where a row lies. */
    private List<Identifier> place() {
        return declaration.scheme().levels().stream()
                .map(Scheme::column)
                .distinct()
                .toList();
    }

    private void column(Identifier column) {
        Optional<CatalogColumn> there = source.table().column(column);
        if (there.isEmpty()) {
            add("has no column " + column + " to be partitioned by", "declare one that it has");
        } else if (source.columns().stream()
                .anyMatch(each -> each.generated() && each.name().equals(column))) {
            add(
                    "has a generated column " + column + ", and PostgreSQL partitions by none",
                    "ALTER TABLE " + declaration.name() + " ALTER COLUMN " + column
                            + " DROP EXPRESSION, and let a trigger or the application fill it");
        } else if (!there.get().notNull()) {
            add(
                    "may have rows without a " + column + ", which would have no partition",
                    "ALTER TABLE " + declaration.name() + " ADD CHECK (" + column + " IS NOT NULL) NOT VALID; "
                            + "VALIDATE it, then ALTER COLUMN " + column + " SET NOT NULL, which reads nothing then");
        }
    }

    private void referencing(Source.Referencing key) {
        String whose = "the foreign key " + key.name() + " of " + key.table();
        if (!key.columns().containsAll(place())) {
            add(
                    "is referenced by " + key.table() + " (" + key.name()
                            + "), and the keys of a partitioned table are unique only together with the partition key",
                    "give " + key.table() + " the column of the partition key, and a foreign key over both",
                    "or partition by the key itself",
                    "or drop that foreign key");
        } else if (key.partitioned()) {
            add(
                    "is referenced by " + whose + ", which is partitioned and cannot get it back without being read",
                    "drop that foreign key, and make it anew afterwards");
        } else if (!key.proved()) {
            add(
                    "is referenced by " + whose + ", which was never proved",
                    "ALTER TABLE " + key.table() + " VALIDATE CONSTRAINT " + key.name(),
                    "or drop it");
        } else if (!key.ours()) {
            add(
                    "is referenced by " + whose + ", which belongs to " + key.owner() + " and not to "
                            + source.table().likeness().owner(),
                    "GRANT " + key.owner() + " TO " + source.table().likeness().owner() + " until it is over",
                    "or drop that foreign key, and make it anew afterwards");
        }
    }

    private void index(Source.Index index, int major) {
        if (!index.valid()) {
            add("has an invalid index " + index.name(), "REINDEX INDEX CONCURRENTLY it, or drop it");
        } else if (index.temporal()) {
            add(
                    "has a constraint " + index.name() + " without overlaps, which would hold within a partition only",
                    "drop it");
        } else if (index.constraint() == Source.Constraint.EXCLUSION && !keepsApart(index, major)) {
            add(
                    "has an exclusion constraint " + index.name() + ", which would hold within a partition only",
                    "drop it",
                    "or, from PostgreSQL 17 on, let it compare the partition key by =");
        } else if (index.tail().isEmpty()) {
            add("has an index that partita cannot read: " + index.name(), "report it, it should be readable");
        }
    }

    /** What is compared for equality has to be the partition key, among others. */
    private boolean keepsApart(Source.Index index, int major) {
        return major >= 17
                && place().stream()
                        .allMatch(column -> index.tail()
                                .orElse("")
                                .matches("(?s).*[(, ]" + Pattern.quote(column.sql()) + " WITH =.*"));
    }

    private void bound(Source.Bound bound) {
        if (bound.materialized()) {
            add(
                    "is read by the " + bound.what()
                            + ", which cannot be given another query without being filled anew",
                    "let it read a view of the table instead: views come across, and what reads them stays",
                    "or drop it, and make it anew afterwards");
        } else if (bound.statement().isEmpty()) {
            add(
                    "has something that would go on meaning the old table: " + bound.what(),
                    "drop it, and make it anew afterwards");
        } else if (bound.keyed() && widened()) {
            add(
                    "is grouped by its primary key in the " + bound.what()
                            + ", and the primary key gets the partition key in addition",
                    "name all columns in GROUP BY");
        } else if (!bound.ours()) {
            add(
                    "is meant by the " + bound.what() + ", which "
                            + bound.owner().map(owner -> "belongs to " + owner).orElse("lies elsewhere") + " and which "
                            + source.table().likeness().owner() + " may not make anew",
                    "give " + source.table().likeness().owner()
                            + " the rights of its owner, and CREATE on its schema, until it is over",
                    "or drop it, and make it anew afterwards");
        }
    }

    private boolean widened() {
        return source.indexes().stream()
                .filter(index -> index.constraint() == Source.Constraint.PRIMARY_KEY)
                .anyMatch(index -> !index.columns().containsAll(place()));
    }

    private void add(String what, String... waysOut) {
        found.add(Problem.of(ProblemCode.MIGRATION_OBSTACLE, declaration.name().sql(), what, waysOut));
    }
}
