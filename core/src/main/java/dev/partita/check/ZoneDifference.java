package dev.partita.check;

import dev.partita.catalog.CatalogTable;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * This Java and the server have time zone rules of their own, and disagree on a zone's clocks.
 *
 * @param zone whose
 * @param at the first bound to come at which they do
 * @param ours how far clocks are ahead of UTC by the rules of this Java
 * @param theirs by the server's; empty when it does not know the zone
 */
record ZoneDifference(ZoneId zone, Instant at, ZoneOffset ours, Optional<ZoneOffset> theirs) {

    /** So many bounds beyond the last partition are compared. */
    private static final int BEYOND = 12;

    /** Asks about each zone that some table lives by, once; nothing as long as that is UTC alone. */
    static Map<ZoneId, ZoneDifference> all(Question question, CheckFacts facts) throws SQLException {
        Map<ZoneId, ZoneDifference> differences = new HashMap<>();
        for (Map.Entry<ZoneId, SortedSet<Instant>> zone : bounds(facts).entrySet()) {
            of(question, zone.getKey(), zone.getValue())
                    .ifPresent(difference -> differences.put(zone.getKey(), difference));
        }
        return differences;
    }

    private static Optional<ZoneDifference> of(Question question, ZoneId zone, SortedSet<Instant> bounds)
            throws SQLException {
        Map<Instant, ZoneOffset> theirs = question.offsets(zone, bounds);
        return bounds.stream()
                .map(at -> new ZoneDifference(
                        zone, at, zone.getRules().getOffset(at), Optional.ofNullable(theirs.get(at))))
                .filter(compared -> !compared.theirs.equals(Optional.of(compared.ours)))
                .findFirst();
    }

    /** Those that are there ahead of the present, and those that will be made next. */
    private static SortedMap<ZoneId, SortedSet<Instant>> bounds(CheckFacts facts) {
        SortedMap<ZoneId, SortedSet<Instant>> bounds = new TreeMap<>(Comparator.comparing(ZoneId::getId));
        for (CatalogTable table : facts.catalog().tables().values()) {
            for (Branch branch : facts.branches(table)) {
                Axis axis = Axis.of(branch);
                axis.zone()
                        .ifPresent(zone -> bounds.computeIfAbsent(zone, first -> new TreeSet<>())
                                .addAll(axis.bounds(branch, facts.now(), BEYOND)));
            }
        }
        return bounds;
    }

    /** What clocks show at the bound, as a clause. */
    String words() {
        return "the bound at " + at + " is " + at.atOffset(ours) + " in " + zone + " by the rules of this Java, and "
                + theirs.map(offset -> at.atOffset(offset) + " by the server's")
                        .orElse("the server does not know that zone");
    }
}
