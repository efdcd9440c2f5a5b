package dev.partita.check;

import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.Drift;
import dev.partita.catalog.LeafFacts;
import dev.partita.catalog.Likeness;
import dev.partita.catalog.RelationKind;
import dev.partita.sql.Identifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells what differs from a parent, and what differs from most of the leaves beside it. */
final class Siblings {

    /** Of fewer none is the usual one. */
    private static final int FEWEST = 3;

    private final CheckFacts facts;
    private final List<Branch> branches;
    private final List<Drift> drift = new ArrayList<>();

    Siblings(CheckFacts facts, List<Branch> branches) {
        this.facts = facts;
        this.branches = branches;
    }

    List<Drift> drift() {
        Set<Long> own = branches.stream()
                .flatMap(branch -> branch.partitions().stream())
                .map(CatalogPartition::oid)
                .collect(Collectors.toSet());
        Set<Long> open = facts.drift().stream()
                .filter(each ->
                        each instanceof Drift.RowSecurity security && security.present() == Likeness.RowSecurity.OFF)
                .map(each -> each.partition().oid())
                .collect(Collectors.toSet());
        facts.drift().stream()
                .filter(each -> own.contains(each.partition().oid()))
                // Where row-level security is off, its policies go without saying.
                .filter(each -> !(each instanceof Drift.PolicyMissing
                        && open.contains(each.partition().oid())))
                .forEach(drift::add);
        for (Branch branch : branches) {
            List<CatalogPartition> leaves = branch.attached()
                    .filter(leaf -> leaf.kind() == RelationKind.TABLE && !leaf.isDefault())
                    .toList();
            if (leaves.size() >= FEWEST) {
                options(leaves);
                indexes(leaves);
                constraints(leaves);
                publications(branch, leaves);
            }
        }
        return drift;
    }

    private void options(List<CatalogPartition> leaves) {
        Set<String> names = new TreeSet<>();
        leaves.forEach(leaf -> names.addAll(leaf.options().keySet()));
        for (String name : names) {
            Function<CatalogPartition, Optional<String>> value =
                    leaf -> Optional.ofNullable(leaf.options().get(name));
            usual(leaves, value)
                    .ifPresent(wanted -> leaves.stream()
                            .filter(leaf -> !value.apply(leaf).equals(wanted))
                            .forEach(
                                    leaf -> drift.add(new Drift.StorageOption(leaf, name, value.apply(leaf), wanted))));
        }
    }

    /** What more than half have. */
    private static <T> Optional<T> usual(List<CatalogPartition> leaves, Function<CatalogPartition, T> value) {
        Map<T, Integer> counts = new HashMap<>();
        leaves.forEach(leaf -> counts.merge(value.apply(leaf), 1, Integer::sum));
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() * 2 > leaves.size())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private void indexes(List<CatalogPartition> leaves) {
        Map<Drift.Shape, Map<CatalogPartition, Identifier>> byShape = new LinkedHashMap<>();
        for (CatalogPartition leaf : leaves) {
            for (LeafFacts.OwnIndex index : facts.leaves().indexes().getOrDefault(leaf.oid(), List.of())) {
                byShape.computeIfAbsent(index.shape(), shape -> new LinkedHashMap<>())
                        .put(leaf, index.name());
            }
        }
        byShape.forEach((shape, having) -> {
            if (having.size() * 2 > leaves.size()) {
                leaves.stream()
                        .filter(leaf -> !having.containsKey(leaf))
                        .forEach(leaf -> drift.add(new Drift.IndexLacking(leaf, shape)));
            } else {
                having.forEach((leaf, index) -> drift.add(new Drift.IndexExtra(leaf, index, shape)));
            }
        });
    }

    /** Compared by name, with the partition's own taken out: orders_2024_01_check is like orders_2024_02_check. */
    private void constraints(List<CatalogPartition> leaves) {
        SortedMap<String, Map<CatalogPartition, LeafFacts.OwnConstraint>> byName = new TreeMap<>();
        for (CatalogPartition leaf : leaves) {
            for (LeafFacts.OwnConstraint constraint :
                    facts.leaves().constraints().getOrDefault(leaf.oid(), List.of())) {
                String name =
                        constraint.name().name().replace(leaf.name().name().name(), "");
                byName.computeIfAbsent(name, each -> new LinkedHashMap<>()).put(leaf, constraint);
            }
        }
        byName.values().stream()
                .filter(having -> having.size() * 2 <= leaves.size())
                .forEach(having -> having.forEach((leaf, constraint) ->
                        drift.add(new Drift.ConstraintExtra(leaf, constraint.name(), constraint.references()))));
    }

    /** What publishes the parent takes all partitions along. */
    private void publications(Branch branch, List<CatalogPartition> leaves) {
        Map<Long, List<Identifier>> published = facts.leaves().publications();
        List<Identifier> above = published.getOrDefault(branch.oid(), List.of());
        Set<Identifier> names = new TreeSet<>();
        leaves.forEach(leaf -> names.addAll(published.getOrDefault(leaf.oid(), List.of())));
        names.removeAll(new HashSet<>(above));
        for (Identifier name : names) {
            Function<CatalogPartition, Boolean> value =
                    leaf -> published.getOrDefault(leaf.oid(), List.of()).contains(name);
            usual(leaves, value)
                    .ifPresent(wanted -> leaves.stream()
                            .filter(leaf -> !value.apply(leaf).equals(wanted))
                            .forEach(leaf -> drift.add(new Drift.Published(leaf, name, !wanted))));
        }
    }
}
