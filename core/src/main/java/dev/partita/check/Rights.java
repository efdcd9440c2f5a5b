package dev.partita.check;

import dev.partita.catalog.CatalogTable;
import dev.partita.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;

/** What a role lacks for partita's work on a table, as statements that give it. */
final class Rights {

    private Rights() {}

    static void of(CatalogTable table, String database, RoleFacts role, Notes notes) {
        RoleFacts.OnTable rights = role.tables().get(table.oid());
        if (!role.exists() || rights == null) {
            return;
        }
        String name = role.role().sql();
        String owner = rights.owner().sql();
        List<String> lacks = new ArrayList<>();
        List<String> grants = new ArrayList<>();
        if (!rights.connects()) {
            lacks.add("may not connect to the database");
            grants.add("GRANT CONNECT ON DATABASE " + database + " TO " + name);
        }
        if (!rights.actsForOwner()) {
            lacks.add("may not act for the owner, " + owner);
            grants.add("GRANT " + owner + " TO " + name);
        }
        if (!rights.usesSchema()) {
            lacks.add("may not use the schema");
            grants.add("GRANT USAGE ON SCHEMA " + rights.schema().sql() + " TO " + owner);
        }
        if (!rights.ownerCreates()) {
            lacks.add("could not create in the schema, because " + owner + " may not");
            grants.add("GRANT CREATE ON SCHEMA " + rights.schema().sql() + " TO " + owner);
        }
        for (String referenced : rights.notReferenced()) {
            lacks.add("could not refer to " + referenced + ", because " + owner + " may not");
            grants.add("GRANT REFERENCES ON " + referenced + " TO " + owner);
        }
        if (!lacks.isEmpty()) {
            notes.error(
                    ProblemCode.ROLE_LACKS_PRIVILEGE,
                    name + " " + String.join(", ", lacks),
                    grants.toArray(String[]::new));
        }
    }
}
