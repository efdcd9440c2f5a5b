package dev.partita.plan;

import dev.partita.catalog.CatalogPartition;
import dev.partita.declaration.ListPartition;
import dev.partita.declaration.Naming;
import dev.partita.declaration.Scheme;
import dev.partita.problem.ProblemCode;
import dev.partita.step.Reason;
import dev.partita.table.ListValue;
import dev.partita.table.PartitionBound;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the list partitions that are missing; values are compared, never names. */
final class ListLevel {

    private final Levels levels;
    private final Scheme.Values scheme;
    private final Levels.Place place;

    ListLevel(Levels levels, Scheme.Values scheme, Levels.Place place) {
        this.levels = levels;
        this.scheme = scheme;
        this.place = place;
    }

    List<Missing> missing() {
        levels.tellOddities(scheme, place);
        List<Missing> missing = new ArrayList<>();
        for (ListPartition wanted : scheme.partitions()) {
            Set<ListValue> homeless = new LinkedHashSet<>(wanted.values());
            place.partitions().forEach(partition -> homeless.removeAll(values(partition)));
            if (homeless.size() == wanted.values().size()) {
                missing.add(create(wanted));
            } else if (!homeless.isEmpty()) {
                tellHomeless(wanted, homeless);
            }
        }
        return missing;
    }

    private static Set<ListValue> values(CatalogPartition partition) {
        return partition.bound() instanceof PartitionBound.Values list ? list.values() : Set.of();
    }

    private Missing create(ListPartition wanted) {
        Naming naming = scheme.naming().orElse(Scheme.Values.DEFAULT_NAME);
        boolean first = place.bounds().isEmpty();
        return new Missing(
                place.name(),
                scheme.column(),
                levels.partition(
                        scheme,
                        place,
                        naming.name(place.name().name(), token -> wanted.name()),
                        new PartitionBound.Values(Set.copyOf(wanted.values()))),
                new Reason(
                        first ? Reason.Why.NEW : Reason.Why.GAP,
                        first ? "declared" : "declared, and no partition takes " + words(wanted.values())),
                place.fallback(),
                false);
    }

    private void tellHomeless(ListPartition wanted, Set<ListValue> homeless) {
        levels.findings()
                .warning(
                        ProblemCode.LIST_VALUES_DIFFER,
                        "no partition of " + place.name() + " takes " + words(homeless) + ", which belongs to '"
                                + wanted.name()
                                + "' together with values that have a partition already; PostgreSQL cannot add a value to a "
                                + "partition that is attached",
                        "declare the new value as a partition of its own: " + wanted.name() + "_2: [" + words(homeless)
                                + "]",
                        "or detach the partition, and attach it again with all its values while nothing writes to it");
    }

    private static String words(Iterable<ListValue> values) {
        List<String> words = new ArrayList<>();
        values.forEach(value -> words.add(value.toString()));
        return String.join(", ", words);
    }
}
