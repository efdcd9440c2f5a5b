package dev.partita.declaration;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What can be said about a level besides its method and column, and of which levels. */
public enum LevelKey {
    EVERY(Fit.TIME, Fit.NUMBERS),
    ZONE(Fit.TIME),
    AHEAD(Fit.TIME, Fit.NUMBERS),
    FROM(Fit.TIME, Fit.NUMBERS),
    ANCHOR(Fit.TIME, Fit.NUMBERS),
    ENCODING(Fit.TIME),
    CURSOR(Fit.NUMBERS),
    EARLIER(Fit.TIME, Fit.NUMBERS),
    PARTITIONS(Fit.LIST, Fit.HASH),
    DEFAULT(Fit.TIME, Fit.NUMBERS, Fit.LIST),
    NAME(Fit.TIME, Fit.NUMBERS, Fit.LIST, Fit.HASH),
    THEN_BY(Fit.TIME, Fit.NUMBERS, Fit.LIST, Fit.HASH);

    /** The kinds of levels. */
    public enum Fit {
        TIME("a range by time"),
        NUMBERS("a range by numbers"),
        LIST("a list"),
        HASH("a hash");

        private final String words;

        Fit(String words) {
            this.words = words;
        }

        /** As people say it: {@code a range by time}. */
        @Override
        public String toString() {
            return words;
        }
    }

    private final Set<Fit> fits;

    LevelKey(Fit... fits) {
        this.fits = Set.of(fits);
    }

    /** As people write it: {@code then-by}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public boolean fits(Fit level) {
        return fits.contains(level);
    }

    /** The kinds of levels that know this key, in the order of {@link Fit}. */
    public List<Fit> fits() {
        return fits.stream().sorted().toList();
    }

    public static Optional<LevelKey> of(String word) {
        return Arrays.stream(values()).filter(key -> key.word().equals(word)).findFirst();
    }
}
