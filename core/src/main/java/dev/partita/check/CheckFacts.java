package dev.partita.check;

import dev.partita.adoption.AdoptedTable;
import dev.partita.catalog.Catalog;
import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.Drift;
import dev.partita.catalog.LeafFacts;
import dev.partita.declaration.TableDeclaration;
import dev.partita.table.TableName;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that was found out about a database for a check.
 *
 * @param now the present, by the database's clock
 * @param catalog every partitioned table; those of numbers with their cursor
 * @param adopted what declaration each table suggests
 * @param limits of the server
 * @param relations by identity
 * @param leaves what leaves have of their own
 * @param drift what differs from a parent
 * @param looked into DEFAULT partitions and what seems empty, by identity
 * @param counted rows of DEFAULT partitions, by identity
 * @param perDay by table of numbers about how many rows come in a day
 * @param role what was asked about a role
 * @param holders who makes readers wait, by the identity of what they have locked
 * @param zones whose clocks the server and this Java disagree on
 */
record CheckFacts(
        Instant now,
        Catalog catalog,
        Map<TableName, AdoptedTable> adopted,
        ServerLimits limits,
        Map<Long, Relation> relations,
        LeafFacts leaves,
        List<Drift> drift,
        Map<Long, Looked> looked,
        Map<Long, Leaked.Counted> counted,
        Map<TableName, Double> perDay,
        Optional<RoleFacts> role,
        Map<Long, String> holders,
        Map<ZoneId, ZoneDifference> zones) {

    CheckFacts {
        adopted = Map.copyOf(adopted);
        relations = Map.copyOf(relations);
        drift = List.copyOf(drift);
        looked = Map.copyOf(looked);
        counted = Map.copyOf(counted);
        perDay = Map.copyOf(perDay);
        holders = Map.copyOf(holders);
        zones = Map.copyOf(zones);
    }

    /** The same with other rates. */
    CheckFacts with(Map<TableName, Double> rates) {
        return new CheckFacts(
                now, catalog, adopted, limits, relations, leaves, drift, looked, counted, rates, role, holders, zones);
    }

    /** The same with what looks into partitions gave. */
    CheckFacts with(Map<Long, Looked> found, Map<Long, Leaked.Counted> rows) {
        return new CheckFacts(
                now, catalog, adopted, limits, relations, leaves, drift, found, rows, perDay, role, holders, zones);
    }

    /** The same with zones that differ. */
    CheckFacts withZones(Map<ZoneId, ZoneDifference> differing) {
        return new CheckFacts(
                now, catalog, adopted, limits, relations, leaves, drift, looked, counted, perDay, role, holders,
                differing);
    }

    Optional<ZoneDifference> zoneDifference(ZoneId zone) {
        return Optional.ofNullable(zones.get(zone));
    }

    /** A table and all branches below it, each with what it seems to be divided by. */
    List<Branch> branches(CatalogTable table) {
        return Branch.all(
                table,
                Optional.ofNullable(adopted.get(table.name()))
                        .flatMap(AdoptedTable::declaration)
                        .map(TableDeclaration::scheme));
    }
}
