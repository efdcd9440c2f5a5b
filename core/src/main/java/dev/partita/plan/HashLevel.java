package dev.partita.plan;

import dev.partita.declaration.Naming;
import dev.partita.declaration.Scheme;
import dev.partita.problem.ProblemCode;
import dev.partita.step.Reason;
import dev.partita.table.PartitionBound;
import dev.partita.table.PartitionBound.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Finds the remainders that are missing, at the modulus that the set already has. */
final class HashLevel {

    private final Levels levels;
    private final Scheme.Hash scheme;
    private final Levels.Place place;

    HashLevel(Levels levels, Scheme.Hash scheme, Levels.Place place) {
        this.levels = levels;
        this.scheme = scheme;
        this.place = place;
    }

    List<Missing> missing() {
        levels.tellOddities(scheme, place);
        List<Hash> there = place.bounds().stream()
                .flatMap(bound -> Optional.of(bound).filter(Hash.class::isInstance).map(Hash.class::cast).stream())
                .toList();
        int modulus = there.stream().mapToInt(Hash::modulus).max().orElse(scheme.partitions());
        boolean mixed = there.stream().anyMatch(hash -> hash.modulus() != modulus);
        if (modulus != scheme.partitions() || mixed) {
            tellModulus(there, modulus, mixed);
        }
        List<Hash> gaps = IntStream.range(0, modulus)
                .mapToObj(remainder -> new Hash(modulus, remainder))
                .filter(hash -> there.stream().noneMatch(hash::overlaps))
                .toList();
        List<Missing> missing = new ArrayList<>();
        for (Hash gap : gaps) {
            missing.add(create(gap, there.isEmpty()));
        }
        return missing;
    }

    private Missing create(Hash hash, boolean first) {
        Naming naming = scheme.naming().orElse(Scheme.Hash.DEFAULT_NAME);
        return new Missing(
                place.name(),
                scheme.column(),
                levels.partition(
                        scheme,
                        place,
                        naming.name(
                                place.name().name(),
                                token -> Integer.toString(token.equals("modulus") ? hash.modulus() : hash.remainder())),
                        (PartitionBound) hash),
                new Reason(
                        first ? Reason.Why.NEW : Reason.Why.CURRENT,
                        first
                                ? "declared"
                                : "rows with remainder " + hash.remainder() + " of " + hash.modulus()
                                        + " have nowhere to go"),
                Optional.empty(),
                false);
    }

    private void tellModulus(List<Hash> there, int modulus, boolean mixed) {
        levels.findings()
                .info(
                        ProblemCode.HASH_MODULUS_DIFFERS,
                        place.name() + " has " + there.size() + " hash partitions "
                                + (mixed ? "of several moduli up to " + modulus : "of modulus " + modulus)
                                + ", the declaration says " + scheme.partitions()
                                + "; a live set keeps its own modulus, because another one moves rows",
                        "declare partitions: " + modulus + " to agree with what is there");
    }
}
