package dev.partita.declaration;

import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long partitions stay, and what becomes of them afterwards. */
public sealed interface Retention {

    /** What is meant when nothing is said. */
    Retention FOREVER = new Forever();

    /** How long a detached partition stays before it is dropped, when nothing else is said. */
    Period USUAL_GRACE = Period.of(7, Period.Unit.DAY);

    /** Nothing is ever retired. */
    record Forever() implements Retention {}

    /** The limit, if there is one. */
    default Optional<Limited> limited() {
        return this instanceof Limited limit ? Optional.of(limit) : Optional.empty();
    }

    /**
     * Retired beyond a limit.
     *
     * @param keep the limit
     * @param then what becomes of a retired partition
     * @param grace how long it stays, detached, before it is dropped; always present with {@link Then.Drop}, seven days
     *     unless told otherwise, and never without
     * @param retire whether a person has to ask for it
     * @param restraint what holds a partition back all the same
     */
    record Limited(Keep keep, Then then, Optional<Period> grace, Retire retire, Restraint restraint)
            implements Retention {

        /** @throws PartitaException if there is a grace, or a release, and nothing to wait for */
        public Limited {
            if (then instanceof Then.Drop) {
                grace = Optional.of(grace.orElse(USUAL_GRACE));
            } else if (grace.isPresent()) {
                throw Refusal.value(
                        "grace",
                        "grace is the time between detaching and dropping, and nothing is to be dropped",
                        "leave grace out, or say then: drop");
            }
            if (restraint.untilReleased() && !(then instanceof Then.Drop)) {
                throw Refusal.value(
                        "drop",
                        "nothing is to be dropped, so nothing has to be released for it",
                        "leave drop out, or say then: drop");
            }
        }

        /** Held back by nothing. */
        public Limited(Keep keep, Then then, Optional<Period> grace, Retire retire) {
            this(keep, then, grace, retire, Restraint.NONE);
        }

        /** @throws PartitaException if it waits for a release and nothing is to be dropped */
        public Limited with(Restraint newRestraint) {
            return new Limited(keep, then, grace, retire, newRestraint);
        }

        /** Detached, when a person asks for it: the kindest way to keep a limit. */
        public static Limited to(Keep keep) {
            return new Limited(keep, new Then.Detach(), Optional.empty(), Retire.ASK);
        }
    }

    /** How much is kept. */
    sealed interface Keep {

        /** Calendar time behind the present. */
        record Time(Period period) implements Keep {
            @Override
            public String toString() {
                return period.toString();
            }
        }

        /**
         * So many partitions, the current one included and future ones never counted.
         *
         * @param count from 1 to a million
         */
        record Partitions(int count) implements Keep {

            private static final int MOST = 1_000_000;
            private static final Pattern WORDS = Pattern.compile("(\\d{1,9})\\s*partitions?");

            /** @throws PartitaException if nothing would be kept */
            public Partitions {
                if (count < 1 || count > MOST) {
                    throw refused(count + " partitions");
                }
            }

            @Override
            public String toString() {
                return count + (count == 1 ? " partition" : " partitions");
            }
        }

        /**
         * So many bytes on disk, indexes included.
         *
         * @param bytes from 1 to 2^63 - 1
         */
        record Bytes(BigInteger bytes) implements Keep {

            private static final Pattern WORDS =
                    Pattern.compile("(\\d{1,19})\\s*(bytes|kb|mb|gb|tb|pb)", Pattern.CASE_INSENSITIVE);
            private static final List<String> UNITS = List.of("bytes", "kB", "MB", "GB", "TB", "PB");

            /** @throws PartitaException if nothing would be kept */
            public Bytes {
                if (bytes.signum() <= 0 || bytes.bitLength() > 63) {
                    throw refused(bytes + " bytes");
                }
            }

            /** In the largest unit that leaves a whole number, each 1024 of the smaller as PostgreSQL counts. */
            @Override
            public String toString() {
                BigInteger count = bytes;
                int unit = 0;
                while (unit < UNITS.size() - 1 && count.getLowestSetBit() >= 10) {
                    count = count.shiftRight(10);
                    unit++;
                }
                return count + " " + UNITS.get(unit);
            }

            private static Bytes of(String count, String unit) {
                int power = 0;
                while (!UNITS.get(power).equalsIgnoreCase(unit)) {
                    power++;
                }
                return new Bytes(new BigInteger(count).shiftLeft(10 * power));
            }
        }

        /**
         * Reads {@code 24 months}, {@code 36 partitions} or {@code 500 GB}.
         *
         * @throws PartitaException if it is none of them
         */
        static Keep parse(String text) {
            Matcher partitions = Partitions.WORDS.matcher(text.strip());
            if (partitions.matches()) {
                return new Partitions(Integer.parseInt(partitions.group(1)));
            }
            Matcher bytes = Bytes.WORDS.matcher(text.strip());
            if (bytes.matches()) {
                return Bytes.of(bytes.group(1), bytes.group(2));
            }
            try {
                return new Time(Period.parse(text));
            } catch (PartitaException e) {
                throw refused(text);
            }
        }

        private static PartitaException refused(String text) {
            return Refusal.value(
                    "keep",
                    "'" + text + "' is no limit to keep",
                    "write a period (24 months), a number of partitions (36 partitions), a size (500 GB), or forever");
        }
    }

    /** What becomes of a retired partition. */
    sealed interface Then {

        record Detach() implements Then {
            @Override
            public String toString() {
                return "detach";
            }
        }

        record Drop() implements Then {
            @Override
            public String toString() {
                return "drop";
            }
        }

        /**
         * Moved out of sight.
         *
         * @param schema where to
         */
        record MoveTo(Identifier schema) implements Then {
            @Override
            public String toString() {
                return "move to " + schema.written();
            }
        }

        /**
         * Written anew where storage is cheap, its indexes as well.
         *
         * @param tablespace where to
         */
        record MoveToTablespace(Identifier tablespace) implements Then {
            @Override
            public String toString() {
                return "move to tablespace " + tablespace.written();
            }
        }

        /**
         * Reads {@code detach}, {@code drop}, {@code move to history} or {@code move to tablespace slow}.
         *
         * @throws PartitaException if it is none of them
         */
        static Then parse(String text) {
            String trimmed = text.strip();
            if (trimmed.equals("detach")) {
                return new Detach();
            }
            if (trimmed.equals("drop")) {
                return new Drop();
            }
            if (trimmed.matches("(?s)move\\s+to\\s+tablespace\\s.+")) {
                return new MoveToTablespace(Identifier.parse(trimmed.replaceFirst("move\\s+to\\s+tablespace\\s+", "")));
            }
            if (trimmed.matches("(?s)move\\s+to\\s.+")) {
                return new MoveTo(Identifier.parse(trimmed.replaceFirst("move\\s+to\\s+", "")));
            }
            throw trimmed.startsWith("archive")
                    ? Refusal.value(
                            "then",
                            "partita cannot archive partitions yet",
                            "say then: detach, or then: move to <schema>, and archive the detached tables yourself")
                    : Refusal.value(
                            "then",
                            "'" + text + "' is nothing that can become of a partition",
                            "write detach, drop, move to <schema>, or move to tablespace <tablespace>");
        }
    }

    /** When what has been detached for its grace is dropped. */
    enum Drop {
        AFTER_GRACE,
        /** Not before somebody has let it go, such as whoever exports it. */
        WHEN_RELEASED;

        /** As people write it: {@code when released}. */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        /** @throws PartitaException if it is neither */
        public static Drop parse(String words) {
            return Arrays.stream(values())
                    .filter(drop -> drop.words().equals(words.strip()))
                    .findFirst()
                    .orElseThrow(() -> Refusal.value(
                            "drop",
                            "'" + words + "' does not say when it is dropped",
                            "write after grace, or when released"));
        }
    }

    /** Who may start it. */
    enum Retire {
        /** Only a person's {@code apply --retire}. */
        ASK,
        /** The daemon too, within the guard. */
        AUTO;

        /** As people write it: {@code ask}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws PartitaException if it is neither word */
        public static Retire parse(String word) {
            return Arrays.stream(values())
                    .filter(retire -> retire.word().equals(word))
                    .findFirst()
                    .orElseThrow(() ->
                            Refusal.value("retire", "'" + word + "' does not say who starts it", "write ask or auto"));
        }
    }

    /** The problem with this retention on that scheme, if they do not fit. */
    default Optional<Problem> misfit(Scheme scheme) {
        if (!(this instanceof Limited limited)) {
            return Optional.empty();
        }
        Optional<Scheme.Range> range = scheme.outermostRange();
        if (range.isEmpty()) {
            return Optional.of(
                    refusal("only ranges grow old, and no level of this table is a range", "leave keep out"));
        }
        if (!(limited.keep() instanceof Keep.Time time)) {
            return Optional.empty();
        }
        if (!(range.get().spacing() instanceof Spacing.Time spacing)) {
            return Optional.of(refusal(
                    "numbers have no age, so " + time + " cannot be kept of a range by numbers",
                    "write a number of partitions (36 partitions) or a size (500 GB)"));
        }
        if (time.period().roughSeconds() < spacing.period().roughSeconds()) {
            return Optional.of(refusal(
                    time + " is shorter than one partition (" + spacing.period() + ")",
                    "keep at least " + spacing.period() + ", or make the partitions smaller"));
        }
        return Optional.empty();
    }

    private static Problem refusal(String message, String wayOut) {
        return Problem.of(ProblemCode.VALUE_INVALID, "keep", message, wayOut);
    }
}
