package dev.partita.plan;

import dev.partita.declaration.IndexDeclaration;
import dev.partita.sql.Identifier;
import dev.partita.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How indexes are called that nobody has named: as PostgreSQL would, so that a person finds them where they look. */
final class IndexNames {

    /** Two indexes on the same columns are usual, with other columns to carry; four are not. */
    private static final List<String> ENDINGS = List.of("", "1", "2", "3");

    private final Set<TableName> taken;
    private final Set<TableName> planned;

    /**
     * @param taken of the possible names those that exist
     * @param planned names that the plan makes already; grows
     */
    IndexNames(Set<TableName> taken, Set<TableName> planned) {
        this.taken = taken;
        this.planned = planned;
    }

    /** The names that these indexes may get on a relation, the first choice of each first. */
    static List<TableName> possible(TableName relation, List<IndexDeclaration> indexes) {
        List<TableName> names = new ArrayList<>();
        for (IndexDeclaration index : indexes) {
            for (String ending : ENDINGS) {
                names.add(relation.sibling(index.nameOn(relation.name(), ending)));
            }
        }
        return names;
    }

    /** The first name that nobody has, which is taken thereby. */
    Optional<Identifier> free(TableName relation, IndexDeclaration index) {
        return possible(relation, List.of(index)).stream()
                .filter(this::take)
                .findFirst()
                .map(TableName::name);
    }

    /** Whether nobody had it. */
    boolean take(TableName name) {
        return !taken.contains(name) && planned.add(name);
    }
}
