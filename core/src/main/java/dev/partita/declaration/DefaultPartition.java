package dev.partita.declaration;

import dev.partita.problem.Nearest;
import dev.partita.problem.PartitaException;
import dev.partita.sql.Identifier;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether there is a DEFAULT partition, and what rows in it mean.
 *
 * @param policy what it is for
 * @param suffix the last part of its name, after the table's and an underscore; {@code default} where there is none
 */
public record DefaultPartition(Policy policy, String suffix) {

    /** What rows in DEFAULT mean. */
    public enum Policy {
        /** There is none: rows without a partition are refused. */
        NONE,
        /** It is a safety net that must stay empty. It stays a plain table in a composite scheme. */
        ALERT,
        /** It is a partition like others; in a composite scheme it is divided like its siblings. */
        ACCEPT;

        /** As people write it: {@code alert}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static Optional<Policy> of(String word) {
            return Arrays.stream(values())
                    .filter(policy -> policy.word().equals(word))
                    .findFirst();
        }
    }

    private static final String USUAL_SUFFIX = "default";
    /** What somebody writes who thinks of an answer rather than of a name. */
    private static final List<String> ANSWERS = List.of("yes", "no", "true", "false", "on", "off", "null", "~", "");

    public static final DefaultPartition NONE = new DefaultPartition(Policy.NONE, USUAL_SUFFIX);
    public static final DefaultPartition ALERT = new DefaultPartition(Policy.ALERT, USUAL_SUFFIX);
    public static final DefaultPartition ACCEPT = new DefaultPartition(Policy.ACCEPT, USUAL_SUFFIX);

    /** @throws PartitaException if the suffix cannot end a name, or names a partition that there is not to be */
    public DefaultPartition {
        Identifier.of(suffix);
        if (policy == Policy.NONE && !suffix.equals(USUAL_SUFFIX)) {
            throw Refusal.value(
                    USUAL_SUFFIX,
                    "there is to be no default partition, and yet it has the name '" + suffix + "'",
                    "leave the name out, or make the policy alert or accept");
        }
    }

    /**
     * Reads a policy, or the name of a partition that accepts rows: {@code none}, {@code alert}, {@code accept}, {@code
     * other}.
     *
     * @throws PartitaException if the word is nearly a policy or answers yes or no, because guessing would be dangerous
     */
    public static DefaultPartition parse(String word) {
        Optional<Policy> policy = Policy.of(word);
        if (policy.isPresent()) {
            return new DefaultPartition(policy.get(), USUAL_SUFFIX);
        }
        Optional<String> nearest = Nearest.to(word, words());
        if (nearest.isPresent() || ANSWERS.contains(word.toLowerCase(Locale.ROOT))) {
            throw Refusal.value(
                    USUAL_SUFFIX,
                    "'" + word + "' says neither a policy nor clearly a name",
                    nearest.map(near -> "did you mean " + near + "?")
                            .orElse("write one of none, alert, accept, or the last part of the partition's name"),
                    "if it is to be the name, write {policy: accept, name: " + word + "}");
        }
        return new DefaultPartition(Policy.ACCEPT, word);
    }

    /**
     * A policy by its word, and a name.
     *
     * @throws PartitaException if the word is no policy
     */
    public static DefaultPartition parse(String policy, String suffix) {
        return new DefaultPartition(
                Policy.of(policy)
                        .orElseThrow(() -> Refusal.value(
                                USUAL_SUFFIX, "'" + policy + "' is not a policy", "write none, alert or accept")),
                suffix);
    }

    private static List<String> words() {
        return Arrays.stream(Policy.values()).map(Policy::word).toList();
    }

    public boolean wanted() {
        return policy != Policy.NONE;
    }
}
