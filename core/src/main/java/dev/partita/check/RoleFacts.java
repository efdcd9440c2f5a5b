package dev.partita.check;

import dev.partita.sql.Identifier;
import java.util.List;
import java.util.Map;

/**
 * What a role may do, of what partita's work needs.
 *
 * @param role its name
 * @param exists whether there is one
 * @param tables by identity
 */
record RoleFacts(Identifier role, boolean exists, Map<Long, OnTable> tables) {

    RoleFacts {
        tables = Map.copyOf(tables);
    }

    /**
     * On one table.
     *
     * @param notReferenced tables that foreign keys point at and whose owner does not let ours refer to them, quoted
     */
    record OnTable(
            Identifier owner,
            Identifier schema,
            boolean actsForOwner,
            boolean usesSchema,
            boolean ownerCreates,
            boolean connects,
            List<String> notReferenced) {

        OnTable {
            notReferenced = List.copyOf(notReferenced);
        }
    }
}
