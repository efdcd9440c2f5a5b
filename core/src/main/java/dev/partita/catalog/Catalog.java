package dev.partita.catalog;

import dev.partita.table.RangeLimit;
import dev.partita.table.TableName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The facts about the declared tables, read in one snapshot.
 *
 * @param server where they were read
 * @param tables what was found under the declared names; a name that is missing here does not exist
 * @param answers what was looked up besides, because planning asked
 * @param lastRuns what is remembered of the last run on each table; empty where there is no memory, or none that we may read
 */
public record Catalog(
        Server server,
        Map<TableName, CatalogTable> tables,
        Answers answers,
        Optional<Map<TableName, LastRun>> lastRuns) {

    public Catalog {
        tables = Map.copyOf(tables);
        lastRuns = lastRuns.map(Map::copyOf);
    }

    /** Without a memory. */
    public Catalog(Server server, Map<TableName, CatalogTable> tables, Answers answers) {
        this(server, tables, answers, Optional.empty());
    }

    public Optional<CatalogTable> table(TableName name) {
        return Optional.ofNullable(tables.get(name));
    }

    /** The same facts with these answers. */
    public Catalog with(Answers newAnswers) {
        return new Catalog(server, tables, newAnswers, lastRuns);
    }

    /**
     * The same facts, as if the newest rows of some tables were elsewhere.
     *
     * @param cursors where, on the axis of their keys
     */
    public Catalog at(Map<TableName, RangeLimit> cursors) {
        Map<TableName, CatalogTable> moved = new HashMap<>(tables);
        cursors.forEach((name, cursor) -> moved.computeIfPresent(name, (key, table) -> table.at(cursor)));
        return new Catalog(server, moved, answers, lastRuns);
    }
}
