package dev.partita.yaml;

import dev.partita.declaration.Ahead;
import dev.partita.declaration.CreateSql;
import dev.partita.declaration.Declarations;
import dev.partita.declaration.DefaultPartition;
import dev.partita.declaration.Encoding;
import dev.partita.declaration.IndexDeclaration;
import dev.partita.declaration.LeafOptions;
import dev.partita.declaration.ListPartition;
import dev.partita.declaration.Naming;
import dev.partita.declaration.Period;
import dev.partita.declaration.Restraint;
import dev.partita.declaration.Retention;
import dev.partita.declaration.Scheme;
import dev.partita.declaration.Spacing;
import dev.partita.declaration.Stretch;
import dev.partita.declaration.TableDeclaration;
import dev.partita.declaration.WeeklyWindow;
import dev.partita.problem.PartitaException;
import dev.partita.sql.Identifier;
import dev.partita.table.ListValue;
import dev.partita.table.TableName;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** Declarations that nobody would write, all of them legal. */
final class RandomDeclarations {

    /** What breaks quoting, parsing or terminals, and what YAML takes for something else than text. */
    private static final List<String> NASTY = List.of(
            "\"",
            "'",
            "\"\"",
            "a\"b",
            "it's",
            "$$",
            "$x$",
            "\\",
            "\n",
            "\r\n",
            "\t",
            "\u0007",
            "\u0085",
            "\u00a0",
            "\u2028",
            "\ufeff",
            "\ufffe",
            "😀",
            "é".repeat(31),
            "ſ",
            "İ",
            " a",
            "a ",
            " ",
            "a b",
            "a desc",
            "desc",
            "A",
            "Ab",
            "?",
            "{}",
            "{table}",
            "[x]",
            "a: b",
            "a #b",
            "#",
            "- a",
            "-",
            ":",
            ",",
            "&a",
            "*a",
            "!a",
            "|",
            ">",
            "%",
            "@",
            "`",
            "~",
            "null",
            "Null",
            "true",
            "False",
            "yes",
            "no",
            "NO",
            "on",
            "1",
            "007",
            "0x1F",
            "1e3",
            ".inf",
            "-3",
            "1.5",
            "1_000",
            "2024-01-01",
            "<<",
            "=",
            "---",
            "...",
            "'; drop table x; --",
            "none",
            "nine",
            "alert",
            "default",
            "user",
            "_",
            "a.b",
            "a$b",
            "ünïcode",
            "x".repeat(63),
            "\u200b",
            "\u202e");

    private static final List<String> ZONES = List.of(
            "UTC",
            "Europe/Berlin",
            "America/Sao_Paulo",
            "Pacific/Apia",
            "+05:30",
            "-03:00",
            "Z",
            "Etc/GMT+5",
            "UTC+2",
            "+05:30:15");

    private final Random random;

    RandomDeclarations(long seed) {
        random = new Random(seed);
    }

    Declarations next() {
        List<TableDeclaration> tables = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        while (tables.size() < count) {
            TableDeclaration table = legal(this::table);
            if (tables.stream().noneMatch(other -> other.name().equals(table.name()))) {
                tables.add(table);
            }
        }
        return new Declarations(tables);
    }

    /** Most attempts are legal; the others teach nothing here. */
    private static <T> T legal(Supplier<T> attempt) {
        while (true) {
            try {
                return attempt.get();
            } catch (PartitaException e) {
                // two parts that do not fit: next try
            }
        }
    }

    private TableDeclaration table() {
        TableName name = new TableName(identifier(), identifier());
        TableDeclaration table = TableDeclaration.of(name, scheme(1 + random.nextInt(4)));
        if (random.nextInt(4) == 0) {
            table = table.withCreate(new CreateSql("create table " + name.sql() + " (a int, -- one"
                    + pick(List.of("", " ", "\t", "\r"))
                    + "\n"
                    + pick(List.of("", "  ", "\t", "\n", " \n\t"))
                    + "b text default ' ')"));
        }
        table = table.withIndexes(some(this::index))
                .withLeafIndexes(some(() -> IndexDeclaration.of(columns())))
                .withLeaf(leaf());
        return random.nextBoolean() ? table : table.withRetention(restrained(retention(), table.scheme()));
    }

    private Scheme scheme(int levels) {
        Scheme level = legal(this::level);
        return levels == 1 ? level : legal(() -> legal(this::level).thenBy(legal(() -> scheme(levels - 1))));
    }

    private Scheme level() {
        Scheme bare = switch (random.nextInt(4)) {
            case 0 -> Scheme.Range.of(identifier(), numbers()).ahead(new Ahead.Partitions(random.nextInt(10)));
            case 1 -> Scheme.Values.of(identifier(), partitions());
            case 2 -> Scheme.Hash.of(identifier(), 1 + random.nextInt(50));
            default ->
                Scheme.Range.of(identifier(), time())
                        .ahead(
                                random.nextBoolean()
                                        ? new Ahead.Horizon(period())
                                        : new Ahead.Partitions(random.nextInt(10)));
        };
        Scheme named = random.nextInt(3) == 0 ? bare.named(naming()) : bare;
        return random.nextBoolean() || named instanceof Scheme.Hash ? named : named.otherwise(fallback());
    }

    private Naming naming() {
        String prefix = random.nextInt(5) == 0 ? pick(NASTY).replace("{", "").replace("}", "") : "";
        return new Naming(prefix + "{table}"
                + pick(List.of(
                        "_{yyyy}_{MM}_{dd}",
                        "_{yyyy}{MM}",
                        "_{n}",
                        "_{from}_{to}",
                        "_{name}",
                        "_{remainder}",
                        "_{YYYY}w{ww}",
                        "_{yyyy}_{MM}_{dd}_{HH}{mm}{offset}")));
    }

    private DefaultPartition fallback() {
        DefaultPartition.Policy policy = pick(List.of(DefaultPartition.Policy.values()));
        return policy == DefaultPartition.Policy.NONE || random.nextBoolean()
                ? new DefaultPartition(policy, "default")
                : new DefaultPartition(policy, identifier().name());
    }

    private List<ListPartition> partitions() {
        List<ListPartition> partitions = new ArrayList<>();
        int count = 1 + random.nextInt(7);
        while (partitions.size() < count) {
            ListPartition next = new ListPartition(identifier().name(), values());
            partitions.add(next);
            if (!Scheme.Values.clashes(partitions).isEmpty()) {
                partitions.remove(next);
            }
        }
        return partitions;
    }

    private List<ListValue> values() {
        List<ListValue> values = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            values.add(
                    switch (random.nextInt(6)) {
                        case 0 -> ListValue.NULL;
                        case 1 -> ListValue.of(random.nextLong());
                        case 2 -> ListValue.of(random.nextBoolean());
                        case 3 -> new ListValue("");
                        default -> new ListValue(pick(NASTY) + (random.nextBoolean() ? "" : pick(NASTY)));
                    });
        }
        return values;
    }

    private Spacing.Time time() {
        Spacing.Time time = Spacing.Time.of(period());
        if (random.nextBoolean()) {
            time = time.withZone(ZoneId.of(pick(ZONES)));
        }
        if (random.nextInt(3) == 0) {
            time = time.withAnchor(local());
        }
        if (random.nextInt(3) == 0) {
            time = time.withOldest(local());
        }
        if (random.nextInt(4) == 0) {
            time = time.after(someOrOne(this::period));
        }
        return random.nextInt(3) > 0 ? time : time.withEncoding(encoding());
    }

    private Encoding encoding() {
        return switch (random.nextInt(4)) {
            case 0 -> new Encoding.Epoch(pick(List.of(Encoding.Epoch.Unit.values())));
            case 1 -> new Encoding.Uuid7();
            case 2 -> Encoding.NATIVE;
            default ->
                new Encoding.Snowflake(
                        Instant.ofEpochSecond(
                                random.nextInt(), random.nextBoolean() ? 0 : random.nextInt(1_000_000_000)),
                        1 + random.nextInt(31));
        };
    }

    private LocalDateTime local() {
        LocalDateTime day =
                LocalDateTime.of(1 + random.nextInt(9999), 1 + random.nextInt(12), 1 + random.nextInt(28), 0, 0);
        return random.nextBoolean() ? day : day.plusSeconds(random.nextInt(86_400));
    }

    private Period period() {
        return Period.of(1 + random.nextInt(40), pick(List.of(Period.Unit.values())));
    }

    private Spacing.Numbers numbers() {
        Spacing.Numbers numbers = Spacing.Numbers.of(number().abs().add(BigDecimal.ONE));
        if (random.nextBoolean()) {
            numbers = numbers.withAnchor(number());
        }
        if (random.nextBoolean()) {
            numbers = numbers.withOldest(number());
        }
        return random.nextBoolean() ? numbers : numbers.withCursor(Spacing.Cursor.SEQUENCE);
    }

    private BigDecimal number() {
        return new BigDecimal(new BigInteger(1 + random.nextInt(120), random), random.nextInt(12) - 3)
                .multiply(random.nextBoolean() ? BigDecimal.ONE : BigDecimal.ONE.negate());
    }

    private Retention.Limited retention() {
        Retention.Keep keep = switch (random.nextInt(3)) {
            case 0 -> new Retention.Keep.Time(Period.of(1 + random.nextInt(100), Period.Unit.YEAR));
            case 1 -> new Retention.Keep.Partitions(1 + random.nextInt(100));
            default ->
                new Retention.Keep.Bytes(new BigInteger(63, random)
                        .shiftRight(random.nextInt(62))
                        .max(BigInteger.ONE));
        };
        Retention.Retire retire = pick(List.of(Retention.Retire.values()));
        return switch (random.nextInt(4)) {
            case 0 ->
                new Retention.Limited(
                        keep,
                        new Retention.Then.Drop(),
                        random.nextBoolean() ? Optional.empty() : Optional.of(period()),
                        retire);
            case 1 -> new Retention.Limited(keep, new Retention.Then.MoveTo(identifier()), Optional.empty(), retire);
            case 2 ->
                new Retention.Limited(
                        keep, new Retention.Then.MoveToTablespace(identifier()), Optional.empty(), retire);
            default -> new Retention.Limited(keep, new Retention.Then.Detach(), Optional.empty(), retire);
        };
    }

    private Retention.Limited restrained(Retention.Limited retention, Scheme scheme) {
        List<Stretch> pins = scheme.outermostRange()
                .map(range -> some(() -> stretch(range.spacing())))
                .orElse(List.of());
        Map<Identifier, Restraint.Unless> unless = new LinkedHashMap<>();
        some(this::identifier).forEach(column -> unless.put(column, new Restraint.Unless(column, listed())));
        return retention.with(new Restraint(
                pins,
                List.copyOf(unless.values()),
                random.nextBoolean() ? Optional.empty() : Optional.of(new WeeklyWindow(someOrOne(this::hours))),
                retention.then() instanceof Retention.Then.Drop && random.nextBoolean()));
    }

    private Stretch stretch(Spacing spacing) {
        if (spacing instanceof Spacing.Numbers) {
            BigDecimal one = number();
            BigDecimal other = number();
            return new Stretch.Numbers(one.min(other), one.max(other));
        }
        LocalDate first = LocalDate.of(1990 + random.nextInt(60), 1, 1).plusDays(random.nextInt(366));
        LocalDate second = first.plusDays(random.nextInt(1000));
        return switch (random.nextInt(4)) {
            case 0 -> through(first, second);
            case 1 -> through(first.withDayOfMonth(1), second.withDayOfMonth(second.lengthOfMonth()));
            case 2 -> through(first.withDayOfYear(1), second.withDayOfYear(second.lengthOfYear()));
            default -> {
                Instant begin = Instant.ofEpochSecond(random.nextInt());
                yield new Stretch.Instants(begin, begin.plusNanos(random.nextInt(1_000_000_000) * 1_000L));
            }
        };
    }

    private static Stretch through(LocalDate first, LocalDate last) {
        return new Stretch.WallClock(
                first.atStartOfDay(), last.plusDays(1).atStartOfDay().minus(1, ChronoUnit.MICROS));
    }

    private List<ListValue> listed() {
        List<ListValue> values = values();
        return values.isEmpty() ? List.of(ListValue.NULL) : values;
    }

    private <T> List<T> someOrOne(Supplier<T> supplier) {
        List<T> some = some(supplier);
        return some.isEmpty() ? List.of(supplier.get()) : some;
    }

    private WeeklyWindow.Hours hours() {
        Set<DayOfWeek> days = EnumSet.of(pick(List.of(DayOfWeek.values())));
        days.addAll(some(() -> pick(List.of(DayOfWeek.values()))));
        LocalTime from = LocalTime.of(random.nextInt(24), random.nextInt(60));
        return new WeeklyWindow.Hours(days, from, from.plusMinutes(1 + random.nextInt(24 * 60 - 1)));
    }

    private IndexDeclaration index() {
        IndexDeclaration index = IndexDeclaration.of(columns());
        if (random.nextBoolean()) {
            return index;
        }
        index = index.named(identifier());
        index = random.nextBoolean() ? index : index.including(some(this::identifier));
        return random.nextBoolean() ? index : index.using("brin");
    }

    private List<IndexDeclaration.Column> columns() {
        List<IndexDeclaration.Column> columns = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            columns.add(new IndexDeclaration.Column(identifier(), random.nextBoolean()));
        }
        return columns;
    }

    private LeafOptions leaf() {
        LeafOptions leaf = LeafOptions.NONE;
        if (random.nextBoolean()) {
            leaf = leaf.with("fillfactor", Integer.toString(10 + random.nextInt(91)));
        }
        if (random.nextBoolean()) {
            leaf = leaf.with("autovacuum_enabled", pick(List.of("true", "Off", "no", "1")));
        }
        if (random.nextBoolean()) {
            leaf = leaf.with("toast.autovacuum_vacuum_scale_factor", pick(List.of("0.01", "1e-2", "100")));
        }
        return random.nextBoolean() ? leaf : leaf.in(identifier());
    }

    private Identifier identifier() {
        return legal(() -> Identifier.of(
                random.nextBoolean()
                        ? pick(List.of("orders", "created_at", "id", "customer_id", "region", "shop"))
                        : pick(NASTY) + (random.nextBoolean() ? "" : pick(NASTY))));
    }

    private <T> List<T> some(Supplier<T> supplier) {
        List<T> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(legal(supplier));
        }
        return items;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
