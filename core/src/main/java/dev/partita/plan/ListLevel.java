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
import java.util.stream.Collectors;

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
        Set<ListValue> taken = place.partitions().stream()
                .flatMap(partition -> values(partition).stream())
                .map(this::unpadded)
                .collect(Collectors.toSet());
        for (ListPartition wanted : scheme.partitions()) {
            Set<ListValue> homeless = new LinkedHashSet<>(wanted.values());
            homeless.removeIf(value -> taken.contains(unpadded(value)));
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

    /** A column of fixed width pads its values with blanks, and compares them as if there were none. */
    private ListValue unpadded(ListValue value) {
        boolean fixedWidth = levels.table()
                .column(scheme.column())
                .filter(column -> column.type().startsWith("character("))
                .isPresent();
        return value.text() == null || !fixedWidth
                ? value
                : new ListValue(value.text().replaceAll(" +$", ""));
    }

    private Missing create(ListPartition wanted) {
        Naming naming = scheme.naming().orElse(Scheme.Values.DEFAULT_NAME);
        return new Missing(
                place.name(),
                scheme.column(),
                levels.partition(
                        scheme,
                        place,
                        naming.name(place.name().name(), token -> wanted.name()),
                        new PartitionBound.Values(Set.copyOf(wanted.values()))),
                reason(wanted),
                place.fallback(),
                false);
    }

    private Reason reason(ListPartition wanted) {
        if (place.bounds().isEmpty()) {
            return new Reason(Reason.Why.NEW, "declared");
        }
        return place.fallback().isPresent()
                ? new Reason(Reason.Why.GAP, "declared, and no partition of its own takes " + words(wanted.values()))
                : new Reason(Reason.Why.CURRENT, "rows with " + words(wanted.values()) + " have nowhere to go");
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
