package dev.partita.catalog;

import dev.partita.table.TableName;
import java.util.Map;
import java.util.Optional;

/**
 * The facts about the declared tables, read in one snapshot.
 *
 * @param server where they were read
 * @param tables what was found under the declared names; a name that is missing here does not exist
 * @param answers what was looked up besides, because planning asked
 */
public record Catalog(Server server, Map<TableName, CatalogTable> tables, Answers answers) {

    public Catalog {
        tables = Map.copyOf(tables);
    }

    public Optional<CatalogTable> table(TableName name) {
        return Optional.ofNullable(tables.get(name));
    }

    /** The same facts with these answers. */
    public Catalog with(Answers newAnswers) {
        return new Catalog(server, tables, newAnswers);
    }
}
