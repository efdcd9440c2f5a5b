package dev.partita.cases.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a table differs from what was committed to it, by the writers' own account.
 *
 * @param lost keys of rows that should be there
 * @param doubled keys of rows that are there more than once
 * @param revived keys of rows that should not be there: deleted, renumbered or never written
 * @param stale keys of rows that are not what was written last
 */
record Verdict(List<Long> lost, List<Long> doubled, List<Long> revived, List<Long> stale) {

    Verdict {
        lost = List.copyOf(lost);
        doubled = List.copyOf(doubled);
        revived = List.copyOf(revived);
        stale = List.copyOf(stale);
    }

    /**
     * Compares.
     *
     * @param committed rows as text, by their keys
     * @param found rows as text that begins with the key and a bar
     */
    static Verdict of(Map<Long, String> committed, List<String> found) {
        Map<Long, List<String>> there = new TreeMap<>();
        for (String row : found) {
            long key = Long.parseLong(row.substring(0, row.indexOf('|')));
            there.computeIfAbsent(key, none -> new ArrayList<>()).add(row.substring(row.indexOf('|') + 1));
        }
        return new Verdict(
                committed.keySet().stream()
                        .filter(key -> !there.containsKey(key))
                        .toList(),
                there.keySet().stream()
                        .filter(key -> there.getOrDefault(key, List.of()).size() > 1)
                        .toList(),
                there.keySet().stream()
                        .filter(key -> !committed.containsKey(key))
                        .toList(),
                there.keySet().stream()
                        .filter(key -> committed.containsKey(key)
                                && !there.getOrDefault(key, List.of()).contains(committed.get(key)))
                        .toList());
    }

    /** Neither lost nor doubled nor revived nor stale. */
    static final Verdict TRUE = new Verdict(List.of(), List.of(), List.of(), List.of());
}
