package dev.partita.migration;

import dev.partita.catalog.Snapshot;
import dev.partita.sql.Identifier;
import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * All that the catalog says of a table and of what belongs to it, to hold the new table against the old one in the transaction that
 * exchanges them: it does not ask by which statements something came across, but whether it is there.
 *
 * @param traits one for each thing
 */
record Portrait(List<Trait> traits) {

    /** Nothing is known of the table. */
    static final Portrait NONE = new Portrait(List.of());

    /** How the refusal of a new table begins. */
    static final String UNLIKE = "the new table is not like the old one: ";

    Portrait {
        traits = List.copyOf(traits);
    }

    /** One thing of a table: what it is, its name, and how it is. */
    record Trait(String kind, String name, String how) {}

    static Portrait of(Snapshot snapshot, TableName table) throws SQLException {
        List<Trait> traits = new ArrayList<>();
        snapshot.each(
                Query.PORTRAIT.portraying(table),
                row -> traits.add(new Trait(row.text("kind"), row.text("name"), row.text("how"))));
        return new Portrait(traits);
    }

    /** Of the new table, which has wider unique indexes. */
    Portrait with(List<IndexShape> indexes) {
        return new Portrait(traits.stream()
                .map(trait -> indexes.stream()
                        .filter(index -> trait.kind().equals("index")
                                && Identifier.of(trait.name())
                                        .equals(index.index().name()))
                        .findFirst()
                        .map(index -> new Trait(trait.kind(), trait.name(), index.widened(trait.how())))
                        .orElse(trait))
                .toList());
    }

    /**
     * Refuses if a table is not like that.
     *
     * @param message to which what differs is added
     */
    List<Sql> guard(TableName table, String message) {
        if (traits.isEmpty()) {
            return List.of();
        }
        Sql wanted = Sql.list(traits.stream()
                .map(trait -> Sql.of(
                        "({}, {}, {})", Literal.of(trait.kind()), Literal.of(trait.name()), Literal.of(trait.how())))
                .toList());
        Sql differs = Sql.of(
                "SELECT string_agg(DISTINCT d.kind || ' ' || d.name, ', ') FROM ((TABLE present EXCEPT TABLE wanted)"
                        + " UNION ALL (TABLE wanted EXCEPT TABLE present)) AS d");
        Sql body = Sql.of(
                "DECLARE partita_differs text := (WITH present (kind, name, how) AS ({}), wanted (kind, name, how) AS (VALUES {}) {});"
                        + " BEGIN IF partita_differs <> '' THEN RAISE EXCEPTION USING ERRCODE = 'PT001',"
                        + " MESSAGE = {} || partita_differs; END IF; END",
                new Sql(Query.PORTRAIT.portraying(table)),
                wanted,
                differs,
                Literal.of(message));
        return List.of(Sql.of("DO {}", Literal.of(body.sql())));
    }
}
