package dev.partita.yaml;

import dev.partita.declaration.Ahead;
import dev.partita.declaration.LevelKey;
import dev.partita.declaration.LevelKey.Fit;
import dev.partita.declaration.Naming;
import dev.partita.declaration.Retention;
import dev.partita.declaration.Spacing;
import dev.partita.declaration.TableBuilder;
import dev.partita.declaration.TableDeclaration;
import dev.partita.problem.PartitaException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What is said for all tables. A table takes a key that it does not say itself, whole, unless the key means nothing for it: a
 * zone for a hash, a time for numbers, names of months for a list.
 */
final class Defaults {

    private final Optional<Section> section;
    private final Set<String> used = new HashSet<>();

    Defaults(Optional<Section> section) {
        this.section = section;
    }

    /** What is said about a key, to be used. */
    Optional<Value> take(String key) {
        Optional<Value> value = section.flatMap(known -> known.value(key));
        value.ifPresent(found -> used.add(key));
        return value;
    }

    /** What is said about a key of a level, to be used if it means something for levels of that kind. */
    Optional<Value> take(LevelKey key, Fit kind) {
        return section.flatMap(known -> known.value(key.word()))
                .filter(value -> key.fits(kind) && fits(key, value, kind))
                .flatMap(value -> take(key.word()));
    }

    private static boolean fits(LevelKey key, Value value, Fit kind) {
        String word = value.plain();
        boolean number = Spacing.Numbers.looksLikeOne(word);
        return switch (key) {
            case FROM, ANCHOR -> number == (kind == Fit.NUMBERS);
            case AHEAD -> number || kind == Fit.TIME || !isHorizon(word);
            case NAME -> namesFit(word, kind);
            default -> true;
        };
    }

    private static boolean isHorizon(String word) {
        try {
            return Ahead.parse(word) instanceof Ahead.Horizon;
        } catch (PartitaException e) {
            return false;
        }
    }

    private static boolean namesFit(String template, Fit kind) {
        Set<String> tokens = switch (kind) {
            case TIME -> Naming.TIME_TOKENS;
            case NUMBERS -> Naming.NUMBER_TOKENS;
            case LIST -> Naming.LIST_TOKENS;
            case HASH -> Naming.HASH_TOKENS;
        };
        try {
            return tokens.containsAll(new Naming(template).tokens());
        } catch (PartitaException e) {
            return kind == Fit.TIME;
        }
    }

    /**
     * How much is kept, if that means something for the outermost range of a table.
     *
     * @param range its kind; empty for a table without a range
     */
    Optional<Value> takeKeep(Optional<Fit> range) {
        return section.flatMap(known -> known.value(Keys.KEEP))
                .filter(value -> range.isPresent() && (range.get() == Fit.TIME || !keepsTime(value)))
                .flatMap(value -> take(Keys.KEEP));
    }

    private static boolean keepsTime(Value value) {
        String word = value.plain();
        try {
            return Retention.Keep.parse(word) instanceof Retention.Keep.Time;
        } catch (PartitaException e) {
            return false;
        }
    }

    /** Finds what is wrong in what no table has used: a mistake that sleeps is a mistake. */
    void checkUnused() {
        section.ifPresent(known -> known.values().forEach((key, value) -> {
            if (!used.contains(key)) {
                check(key, value);
            }
        }));
    }

    /** Says the key about a made-up table on which everything that is not a mistake by itself can be said. */
    private static void check(String key, Value value) {
        if (key.equals(LevelKey.NAME.word())) {
            value.word().ifPresent(template -> value.tried(() -> new Naming(template)));
            return;
        }
        TableBuilder table =
                TableDeclaration.table("defaults").range("key").every(isForNumbers(key, value) ? "1" : "1 minute");
        if (Set.of(Keys.THEN, Keys.GRACE, Keys.DROP, Keys.RETIRE, Keys.RETIRE_WINDOW)
                .contains(key)) {
            table.keep("1000 years").then("drop");
        }
        TableReader told = new TableReader(table, value);
        told.tell(key, value);
        table.declaration(told);
    }

    private static boolean isForNumbers(String key, Value value) {
        return key.equals(LevelKey.CURSOR.word())
                || LevelKey.of(key).isPresent() && Spacing.Numbers.looksLikeOne(value.plain());
    }
}
