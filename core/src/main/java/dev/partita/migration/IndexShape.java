package dev.partita.migration;

import dev.partita.catalog.CatalogColumn;
import dev.partita.declaration.Naming;
import dev.partita.sql.Identifier;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.ArrayList;
import java.util.List;

/**
 * An index of the old table as it is to be on the new one: a unique one gets the columns that say where a row lies, because
 * PostgreSQL keeps rows unique within a partition only.
 *
 * @param index the old one, whose tail is known
 * @param table the old table
 * @param place says where a row lies
 */
record IndexShape(Source.Index index, TableName table, List<CatalogColumn> place) {

    /** What the index gets in addition. */
    List<Identifier> added() {
        return index.unique()
                ? place.stream()
                        .map(CatalogColumn::name)
                        .filter(column -> !index.columns().contains(column))
                        .toList()
                : List.of();
    }

    /** How it is made, but for its name and its table. */
    String tail() {
        return widened(index.tail().orElseThrow());
    }

    /** A definition of it, with what it gets in addition. */
    String widened(String tail) {
        if (added().isEmpty()) {
            return tail;
        }
        int end = endOfKey(tail);
        return tail.substring(0, end) + ", " + Sql.list(added()) + tail.substring(end);
    }

    /** Where the first parentheses end that are no part of a name or a text. */
    private static int endOfKey(String tail) {
        int depth = 0;
        char quote = 0;
        for (int i = 0; i < tail.length(); i++) {
            char c = tail.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("no key in " + tail);
    }

    /** Makes it on a leaf, under a name that tells it from its siblings; CLUSTER has to be told there which it sorts by. */
    List<Sql> onLeaf(TableName leaf) {
        List<Sql> statements = on(leaf, nameOn(leaf));
        if (index.clustered()) {
            statements.add(Sql.of("ALTER TABLE {} CLUSTER ON {}", leaf, nameOn(leaf)));
        }
        return statements;
    }

    /** Makes it on the new table, which takes those of the leaves for its parts. */
    List<Sql> onShadow(TableName shadow) {
        return on(shadow, temporary());
    }

    private List<Sql> on(TableName relation, Identifier name) {
        List<Sql> statements = new ArrayList<>();
        statements.add(make(relation, name));
        index.targets().forEach(target -> statements.add(Sql.of("ALTER INDEX {} {}", relation.sibling(name), target)));
        if (index.identifies()) {
            statements.add(Sql.of("ALTER TABLE {} REPLICA IDENTITY USING INDEX {}", relation, name));
        }
        return statements;
    }

    private Sql make(TableName on, Identifier name) {
        Sql tail = new Sql(tail());
        return index.constraint() == Source.Constraint.NONE
                ? Sql.of("CREATE {}INDEX {} ON {} {}", new Sql(index.unique() ? "UNIQUE " : ""), name, on, tail)
                : Sql.of("ALTER TABLE {} ADD CONSTRAINT {} {}", on, name, tail);
    }

    /** {@code orders_2024_01_pkey} for {@code orders_pkey}. */
    Identifier nameOn(TableName leaf) {
        String own = index.name().name();
        String prefix = table.name().name() + "_";
        String rest = own.startsWith(prefix) && own.length() > prefix.length() ? own.substring(prefix.length()) : own;
        return new Naming("{table}_{name}").name(leaf.name(), token -> rest);
    }

    /** What the new table's is called until the swap. */
    Identifier temporary() {
        return Rewrite.shadow(index.name());
    }

    /** What the old table's is called from then on. */
    Identifier retired() {
        return Rewrite.retired(index.name());
    }
}
