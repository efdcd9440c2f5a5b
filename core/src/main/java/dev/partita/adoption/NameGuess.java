package dev.partita.adoption;

import dev.partita.declaration.Naming;
import dev.partita.declaration.Scheme;
import dev.partita.problem.PartitaException;
import dev.partita.sql.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Finds the template of names from names that were given by it. */
final class NameGuess {

    private static final String TABLE = "{table}";
    private static final int MOST_TRIED = 5_000;

    /**
     * A partition as it is called.
     *
     * @param parent its parent's name
     * @param name its own
     * @param tokens what each token of a template means for it
     */
    record Sample(Identifier parent, Identifier name, UnaryOperator<String> tokens) {

        boolean calledBy(Naming naming) {
            return naming.name(parent, tokens).equals(name);
        }
    }

    private final List<Sample> samples;
    private final List<String> tokens;
    private final Scheme scheme;
    private int tried;
    private int bestScore;
    private Optional<Naming> best = Optional.empty();

    private NameGuess(List<Sample> samples, List<String> tokens, Scheme scheme) {
        this.samples = samples;
        this.tokens = tokens;
        this.scheme = scheme;
    }

    /**
     * The scheme with the template by which its newest partitions are called.
     *
     * @param usual the template that needs not be written
     * @param tokens what a template of this level may hold, the more usual first
     * @param samples partitions on the grid, newest last
     * @param remarks where to tell what does not fit
     */
    static Scheme named(Scheme scheme, Naming usual, List<String> tokens, List<Sample> samples, List<String> remarks) {
        if (samples.isEmpty()) {
            return scheme;
        }
        NameGuess guess = new NameGuess(samples, tokens, scheme);
        guess.offer(usual);
        if (guess.bestScore < samples.size()) {
            Sample newest = samples.get(samples.size() - 1);
            guess.search(newest, "", newest.name().name());
        }
        if (guess.bestScore < samples.size()) {
            remarks.add(
                    guess.best.isEmpty()
                            ? "Its partitions are called by no rule that a template could say; new ones get the usual names, such as "
                                    + usual.name(
                                            samples.get(samples.size() - 1).parent(),
                                            samples.get(samples.size() - 1).tokens())
                                    + "."
                            : "Older partitions are called by other rules, which does no harm; new ones are called like the newest.");
        }
        return guess.best
                .filter(naming -> !naming.equals(usual))
                .map(scheme::named)
                .orElse(scheme);
    }

    /** Tries to read the rest of a name as tokens and plain characters. */
    private void search(Sample sample, String template, String rest) {
        if (tried >= MOST_TRIED || bestScore == samples.size()) {
            return;
        }
        if (rest.isEmpty()) {
            tried++;
            naming(template).ifPresent(this::offer);
            return;
        }
        String parent = sample.parent().name();
        if (rest.startsWith(parent) && !template.contains(TABLE)) {
            search(sample, template + TABLE, rest.substring(parent.length()));
        }
        for (String token : tokens) {
            String value = sample.tokens().apply(token);
            if (!value.isEmpty() && rest.startsWith(value)) {
                search(sample, template + "{" + token + "}", rest.substring(value.length()));
            }
        }
        char next = rest.charAt(0);
        if (next != '{' && next != '}') {
            search(sample, template + next, rest.substring(1));
        }
    }

    /** A template that the level accepts. */
    private Optional<Naming> naming(String template) {
        try {
            Naming naming = new Naming(template);
            return scheme.named(naming).naming();
        } catch (PartitaException e) {
            return Optional.empty();
        }
    }

    /** Keeps the first of those by which most of the newest partitions are called. */
    private void offer(Naming naming) {
        int score = 0;
        while (score < samples.size() && samples.get(samples.size() - 1 - score).calledBy(naming)) {
            score++;
        }
        if (score > bestScore) {
            bestScore = score;
            best = Optional.of(naming);
        }
    }

    /** What the names of siblings have in common at their begin, up to and with the last separator. */
    static String commonBeginning(List<String> names) {
        String common = names.isEmpty() ? "" : names.get(0);
        for (String name : new ArrayList<>(names)) {
            while (!name.startsWith(common)) {
                common = common.substring(0, common.length() - 1);
            }
        }
        return common.substring(0, Math.max(common.lastIndexOf('_'), common.lastIndexOf('-')) + 1);
    }
}
