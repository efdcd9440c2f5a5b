package dev.partita.declaration;

import dev.partita.declaration.LevelKey.Fit;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import dev.partita.table.ListValue;
import dev.partita.table.PartitionMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One level as people say it: words by key, read and checked when the whole is put together. Not thread-safe.
 *
 * <p>Every spelling of a declaration ends here, so that the same words mean the same and fail the same everywhere.
 *
 * @param <B> the kind of words that go on
 */
public abstract sealed class LevelWords<B extends LevelWords<B>> permits Level, TableBuilder {

    private @Nullable PartitionMethod method;
    private String column = "";
    private final Map<LevelKey, String> words = new EnumMap<>(LevelKey.class);
    private final List<ListPartition> partitions = new ArrayList<>();
    private Optional<Encoding> encoding = Optional.empty();
    private Optional<DefaultPartition> fallback = Optional.empty();
    private Optional<Scheme> then = Optional.empty();
    private final List<Problem> problemsBelow = new ArrayList<>();

    LevelWords() {}

    abstract B self();

    /**
     * How the level is divided.
     *
     * @param newMethod by what
     * @param keyColumn the key, as people write it in SQL
     * @throws PartitaException if that has been said before
     */
    public final B dividedBy(PartitionMethod newMethod, String keyColumn) {
        if (method != null) {
            throw Refusal.of(
                    ProblemCode.KEY_DUPLICATE,
                    method.word() + " (" + column + ")",
                    "one level cannot be divided by " + method.word() + " and by " + newMethod.word(),
                    "say the second with thenBy");
        }
        method = newMethod;
        column = keyColumn;
        return self();
    }

    private B say(LevelKey key, String word) {
        words.put(key, word);
        return self();
    }

    /** How wide partitions are: {@code 1 month}, {@code PT6H}, or a number such as {@code 10_000_000}. */
    public B every(String period) {
        return say(LevelKey.EVERY, period);
    }

    /** How many numbers a partition takes. */
    public B every(long step) {
        return every(Long.toString(step));
    }

    /** Whose calendar it is: {@code Europe/Berlin}; UTC unless said. */
    public B zone(String zone) {
        return say(LevelKey.ZONE, zone);
    }

    /** A limit of the grid: a date, a date with a time of day, or a number. */
    public B anchor(String limit) {
        return say(LevelKey.ANCHOR, limit);
    }

    /** How time is written in the column: {@code native} unless said, {@code epoch-ms}, {@code uuidv7}, … */
    public B encoding(String word) {
        return say(LevelKey.ENCODING, word);
    }

    /** Time is written as Snowflake or TSID ids do. */
    public B encoding(Encoding newEncoding) {
        encoding = Optional.of(newEncoding);
        return say(LevelKey.ENCODING, newEncoding.word());
    }

    /** How many future partitions there are always to be. */
    public B ahead(int partitions) {
        return ahead(Integer.toString(partitions));
    }

    /** How many future partitions, or how far: {@code 90 days}. */
    public B ahead(String horizon) {
        return say(LevelKey.AHEAD, horizon);
    }

    /** Where the oldest partition is to begin: a date, a date with a time of day, or a number; the present unless said. */
    public B from(String oldest) {
        return say(LevelKey.FROM, oldest);
    }

    /** Where the present of a range by numbers is: {@code key} unless said, or {@code sequence}. */
    public B cursor(String word) {
        return say(LevelKey.CURSOR, word);
    }

    /** How wide partitions were declared to be earlier; those that are still there are retired as well. */
    public B earlier(String... periods) {
        return say(LevelKey.EARLIER, String.join(",", periods));
    }

    /** How partitions are called: {@code {table}_{yyyy}_{MM}}. */
    public B name(String template) {
        return say(LevelKey.NAME, template);
    }

    /** The DEFAULT partition: {@code none}, {@code alert}, {@code accept}, or the name of one that accepts. */
    public B otherwise(String policyOrName) {
        fallback = Optional.empty();
        return say(LevelKey.DEFAULT, policyOrName);
    }

    /** The DEFAULT partition. */
    public B otherwise(DefaultPartition partition) {
        fallback = Optional.of(partition);
        return say(LevelKey.DEFAULT, partition.suffix());
    }

    /**
     * A partition of a list.
     *
     * @param name the last part of its name
     * @param values texts, whole numbers, booleans, enum constants, or null for rows without a value
     * @throws PartitaException if a value is nothing of the kind, or there is none
     */
    public B partition(String name, @Nullable Object @Nullable ... values) {
        List<ListValue> listed = values == null
                ? List.of(ListValue.NULL)
                : Arrays.stream(values).map(ListValue::of).toList();
        return partition(new ListPartition(name, listed));
    }

    /** A partition of a list. */
    public B partition(ListPartition partition) {
        partitions.add(partition);
        return say(LevelKey.PARTITIONS, partition.name());
    }

    /** How many partitions a hash has. */
    public B partitions(int count) {
        return partitions(Integer.toString(count));
    }

    /** How many partitions a hash has. */
    public B partitions(String count) {
        return say(LevelKey.PARTITIONS, count);
    }

    /** How each partition is divided further. */
    public B thenBy(Level level) {
        return level.scheme((key, problem) -> problemsBelow.add(inside(key, problem)))
                .map(this::thenBy)
                .orElseGet(this::self);
    }

    /** How each partition is divided further. */
    public B thenBy(Scheme level) {
        then = Optional.of(level);
        return say(LevelKey.THEN_BY, level.column().written());
    }

    /** The problem with its key in front of the sentence. */
    static Problem inside(String key, Problem problem) {
        return key.isEmpty()
                ? problem
                : new Problem(problem.code(), problem.where(), key + ": " + problem.message(), problem.waysOut());
    }

    /** What kind of level the words make so far; empty while there is no method or, for a range, no width. */
    public Optional<Fit> kind() {
        return Optional.ofNullable(method).flatMap(known -> switch (known) {
            case LIST -> Optional.of(Fit.LIST);
            case HASH -> Optional.of(Fit.HASH);
            case RANGE ->
                Optional.ofNullable(words.get(LevelKey.EVERY))
                        .map(every -> Spacing.Numbers.looksLikeOne(every) ? Fit.NUMBERS : Fit.TIME);
        });
    }

    /** The kind of the outermost range among this level and those below it; empty where none is a range. */
    public Optional<Fit> outermostRange() {
        return kind().filter(kind -> kind == Fit.TIME || kind == Fit.NUMBERS)
                .or(() -> then.flatMap(Scheme::outermostRange)
                        .map(range -> range.spacing() instanceof Spacing.Time ? Fit.TIME : Fit.NUMBERS));
    }

    /**
     * The level that the words make.
     *
     * @param complaints hears everything that is wrong
     * @return empty when too much is wrong to go on; with complaints, a level that may lack parts
     */
    public final Optional<Scheme> scheme(Complaints complaints) {
        problemsBelow.forEach(problem -> complaints.about(LevelKey.THEN_BY.word(), problem));
        if (method == null) {
            complaints.about(
                    "",
                    Problem.of(
                            ProblemCode.KEY_MISSING,
                            "level",
                            "does not say how it is divided",
                            "add one of range, list or hash with the key column: range: created_at"));
            return Optional.empty();
        }
        complainAboutMisfits(complaints);
        Optional<Identifier> key = attempt(complaints, method.word(), () -> Identifier.parse(column));
        Optional<? extends Scheme> bare = switch (method) {
            case RANGE -> range(complaints, key);
            case LIST -> list(complaints, key);
            case HASH -> hash(complaints, key);
        };
        return bare.map(level -> complete(complaints, level));
    }

    private Scheme complete(Complaints complaints, Scheme bare) {
        Scheme named = change(complaints, bare, LevelKey.NAME, level -> level.named(new Naming(word(LevelKey.NAME))));
        Scheme withDefault = change(
                complaints,
                named,
                LevelKey.DEFAULT,
                level -> level.otherwise(fallback.orElseGet(() -> DefaultPartition.parse(word(LevelKey.DEFAULT)))));
        return then.isEmpty()
                ? withDefault
                : change(complaints, withDefault, LevelKey.THEN_BY, level -> level.thenBy(then.get()));
    }

    private void complainAboutMisfits(Complaints complaints) {
        Optional<Fit> kind = kind();
        if (kind.isEmpty()) {
            return;
        }
        for (LevelKey key : words.keySet()) {
            if (!key.fits(kind.get()) && !(key == LevelKey.DEFAULT && kind.get() == Fit.HASH)) {
                String fitting = key.fits().stream().map(Fit::toString).collect(Collectors.joining(" or "));
                complaints.about(
                        key.word(),
                        Problem.of(
                                ProblemCode.KEY_UNKNOWN,
                                "level",
                                "belongs to " + fitting + ", and this is " + kind.get(),
                                "leave it out"));
            }
        }
    }

    private Optional<Scheme.Range> range(Complaints complaints, Optional<Identifier> key) {
        if (!words.containsKey(LevelKey.EVERY)) {
            complaints.about(
                    PartitionMethod.RANGE.word(),
                    Problem.of(
                            ProblemCode.KEY_MISSING,
                            "level",
                            "does not say how wide its partitions are",
                            "add every: 1 month, or every: 10_000_000 for numbers"));
            return Optional.empty();
        }
        Optional<Spacing> spacing = attempt(
                        complaints, LevelKey.EVERY.word(), () -> Spacing.parse(word(LevelKey.EVERY)))
                .map(bare -> bare instanceof Spacing.Time time
                        ? spaced(complaints, time)
                        : spaced(complaints, (Spacing.Numbers) bare));
        return key.flatMap(known -> spacing.flatMap(
                        parsed -> attempt(complaints, LevelKey.EVERY.word(), () -> Scheme.Range.of(known, parsed))))
                .map(bare -> change(
                        complaints, bare, LevelKey.AHEAD, level -> level.ahead(Ahead.parse(word(LevelKey.AHEAD)))));
    }

    private Spacing spaced(Complaints complaints, Spacing.Time bare) {
        Spacing.Time time = bare;
        time = change(complaints, time, LevelKey.ZONE, it -> it.withZone(Spacing.Time.zone(word(LevelKey.ZONE))));
        time = change(
                complaints,
                time,
                LevelKey.ANCHOR,
                it -> it.withAnchor(Spacing.Time.local("anchor", word(LevelKey.ANCHOR))));
        time = change(
                complaints,
                time,
                LevelKey.ENCODING,
                it -> it.withEncoding(encoding.orElseGet(() -> Encoding.parse(word(LevelKey.ENCODING)))));
        time = change(
                complaints,
                time,
                LevelKey.EARLIER,
                it -> it.after(earlier().map(Period::parse).toList()));
        return change(
                complaints, time, LevelKey.FROM, it -> it.withOldest(Spacing.Time.local("from", word(LevelKey.FROM))));
    }

    private Spacing spaced(Complaints complaints, Spacing.Numbers bare) {
        Spacing.Numbers numbers = bare;
        numbers = change(
                complaints,
                numbers,
                LevelKey.ANCHOR,
                it -> it.withAnchor(Spacing.Numbers.number(word(LevelKey.ANCHOR))));
        numbers = change(
                complaints, numbers, LevelKey.CURSOR, it -> it.withCursor(Spacing.Cursor.parse(word(LevelKey.CURSOR))));
        numbers = change(
                complaints,
                numbers,
                LevelKey.EARLIER,
                it -> it.after(earlier().map(Spacing.Numbers::number).toList()));
        return change(
                complaints, numbers, LevelKey.FROM, it -> it.withOldest(Spacing.Numbers.number(word(LevelKey.FROM))));
    }

    private Stream<String> earlier() {
        return Arrays.stream(word(LevelKey.EARLIER).split(",")).map(String::strip);
    }

    private Optional<Scheme.Values> list(Complaints complaints, Optional<Identifier> key) {
        if (partitions.isEmpty()) {
            complaints.about(
                    words.containsKey(LevelKey.PARTITIONS) ? LevelKey.PARTITIONS.word() : PartitionMethod.LIST.word(),
                    Problem.of(
                            ProblemCode.KEY_MISSING,
                            "level",
                            "does not say which values belong where",
                            "add partitions: { na: [NA], apac: [AS, OC] }"));
            return Optional.empty();
        }
        return key.flatMap(
                known -> attempt(complaints, LevelKey.PARTITIONS.word(), () -> Scheme.Values.of(known, partitions)));
    }

    private Optional<Scheme.Hash> hash(Complaints complaints, Optional<Identifier> key) {
        if (!words.containsKey(LevelKey.PARTITIONS)) {
            complaints.about(
                    PartitionMethod.HASH.word(),
                    Problem.of(
                            ProblemCode.KEY_MISSING,
                            "level",
                            "does not say how many partitions it has",
                            "add partitions: 4"));
            return Optional.empty();
        }
        return attempt(complaints, LevelKey.PARTITIONS.word(), () -> count(word(LevelKey.PARTITIONS)))
                .flatMap(count -> key.flatMap(
                        known -> attempt(complaints, LevelKey.PARTITIONS.word(), () -> Scheme.Hash.of(known, count))));
    }

    private int count(String text) {
        if (!partitions.isEmpty()) {
            throw Refusal.value(
                    "partitions", "the partitions of a hash have no names", "write how many there are: partitions: 4");
        }
        if (!text.strip().matches("\\d{1,9}")) {
            throw Refusal.value(
                    "partitions",
                    "'" + text + "' is not a number of partitions",
                    "write a whole number: partitions: 4");
        }
        return Integer.parseInt(text.strip());
    }

    private String word(LevelKey key) {
        return words.getOrDefault(key, "");
    }

    /** The value changed by what a key says, or unchanged when the key says nothing, or nothing that can be done. */
    private <T> T change(Complaints complaints, T value, LevelKey key, UnaryOperator<T> change) {
        return words.containsKey(key)
                ? attempt(complaints, key.word(), () -> change.apply(value)).orElse(value)
                : value;
    }

    /** What the supplier gives, or empty and a complaint. */
    static <T> Optional<T> attempt(Complaints complaints, String key, Supplier<T> supplier) {
        try {
            return Optional.of(supplier.get());
        } catch (PartitaException e) {
            e.problems().forEach(problem -> complaints.about(key, problem));
        }
        return Optional.empty();
    }
}
