package dev.partita.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.sql.Identifier;
import dev.partita.table.KeyType;
import dev.partita.table.ListValue;
import dev.partita.table.PartitionBound;
import dev.partita.table.PartitionBound.Opaque;
import dev.partita.table.PartitionBound.Range;
import dev.partita.table.PartitionBound.Values;
import dev.partita.table.PartitionKey;
import dev.partita.table.PartitionMethod;
import dev.partita.table.RangeLimit;
import dev.partita.table.TableName;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundParserTest {

    @Test
    void readsNumbersWithAndWithoutQuotes() {
        assertThat(range(KeyType.INTEGER, "FOR VALUES FROM (0) TO (100)")).isEqualTo(range(0, 100));
        assertThat(range(KeyType.INTEGER, "FOR VALUES FROM ('-10') TO (0)")).isEqualTo(range(-10, 0));
        assertThat(range(KeyType.BIGINT, "FOR VALUES FROM ('-9223372036854775808') TO ('9223372036854775807')"))
                .isEqualTo(range(Long.MIN_VALUE, Long.MAX_VALUE));
        assertThat(range(KeyType.NUMERIC, "FOR VALUES FROM (1.01) TO ('Infinity')"))
                .isEqualTo(new Range(RangeLimit.at(new BigDecimal("1.01")), RangeLimit.INFINITY));
        assertThat(range(KeyType.NUMERIC, "FOR VALUES FROM ('NaN') TO (MAXVALUE)"))
                .isEqualTo(new Range(RangeLimit.NAN, RangeLimit.MAXVALUE));
    }

    @Test
    void readsOpenEnds() {
        assertThat(range(KeyType.BIGINT, "FOR VALUES FROM (MINVALUE) TO (MAXVALUE)"))
                .isEqualTo(new Range(RangeLimit.MINVALUE, RangeLimit.MAXVALUE));
        assertThat(range(KeyType.TIMESTAMPTZ, "FOR VALUES FROM ('-infinity') TO ('infinity')"))
                .isEqualTo(new Range(RangeLimit.MINUS_INFINITY, RangeLimit.INFINITY));
    }

    @Test
    void readsTimes() {
        long january = Instant.parse("2024-01-01T00:00:00Z").getEpochSecond() * 1_000_000;
        assertThat(range(
                        KeyType.TIMESTAMPTZ,
                        "FOR VALUES FROM ('2024-01-01 00:00:00+00') TO ('2024-01-01 00:00:00.000001+00')"))
                .isEqualTo(range(january, january + 1));
        assertThat(range(KeyType.DATE, "FOR VALUES FROM ('2024-01-01') TO ('2024-01-02')"))
                .isEqualTo(range(january, january + 86_400_000_000L));
        assertThat(range(KeyType.TIMESTAMP, "FOR VALUES FROM ('0044-03-15 00:00:00 BC') TO ('2024-01-01 00:00:00')"))
                .isEqualTo(range(-63_517_824_000_000_000L, january));
    }

    @Test
    void tellsNullFromTheTextNull() {
        assertThat(list(
                        KeyType.TEXT,
                        "FOR VALUES IN ('NULL', NULL, '', 'O''Brien, (x)', 'FOR VALUES', 'a\\b', 'x\ny')"))
                .isEqualTo(values("NULL", null, "", "O'Brien, (x)", "FOR VALUES", "a\\b", "x\ny"));
        assertThat(list(KeyType.BOOLEAN, "FOR VALUES IN (true, NULL)")).isEqualTo(values("true", null));
        assertThat(list(KeyType.BIGINT, "FOR VALUES IN ('-5', '1')")).isEqualTo(values("-5", "1"));
        assertThat(list(KeyType.INTEGER, "FOR VALUES IN (1, 2)")).isEqualTo(values("1", "2"));
    }

    @Test
    void readsHashAndDefault() {
        PartitionKey twoColumns =
                new PartitionKey(PartitionMethod.HASH, List.of(part(KeyType.TEXT), part(KeyType.DATE)));
        assertThat(parsed("FOR VALUES WITH (modulus 4, remainder 3)", twoColumns))
                .isEqualTo(new PartitionBound.Hash(4, 3));
        assertThat(parsed("DEFAULT", key(PartitionMethod.LIST, KeyType.TEXT))).isEqualTo(new PartitionBound.Default());
    }

    @Test
    void leavesAloneWhatItDoesNotManage() {
        PartitionKey twoColumns =
                new PartitionKey(PartitionMethod.RANGE, List.of(part(KeyType.INTEGER), part(KeyType.INTEGER)));
        assertOpaque("FOR VALUES FROM (1, MINVALUE) TO (5, 3)", twoColumns);
        PartitionKey expression = new PartitionKey(
                PartitionMethod.RANGE,
                List.of(new PartitionKey.Part(Optional.empty(), KeyType.INTEGER, Optional.empty(), Optional.empty())));
        assertOpaque("FOR VALUES FROM (1) TO (5)", expression);
        PartitionKey backwards = new PartitionKey(
                PartitionMethod.RANGE,
                List.of(new PartitionKey.Part(
                        Optional.of(Identifier.of("id")),
                        KeyType.INTEGER,
                        Optional.empty(),
                        Optional.of(TableName.of("public", "backwards_ops")))));
        assertOpaque("FOR VALUES FROM (5) TO (1)", backwards);
        assertOpaque("FOR VALUES FROM ('a') TO ('b')", key(PartitionMethod.RANGE, KeyType.TEXT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "FOR VALUES",
                "FOR VALUES FROM () TO ()",
                "FOR VALUES FROM (1) TO (2) TO (3)",
                "FOR VALUES FROM ('1) TO ('2')",
                "FOR VALUES FROM (1) TO (two)",
                "FOR VALUES FROM (1) TO (2",
                "FOR VALUES FROM (2) TO (1)",
                "FOR VALUES FROM ('MAXVALUE') TO (3)",
                "FOR VALUES FROM (1::integer) TO (3)",
                "FOR VALUES IN (1)",
                "DEFAULT "
            })
    void doesNotGuess(String text) {
        assertOpaque(text, key(PartitionMethod.RANGE, KeyType.INTEGER));
    }

    @Test
    void neverFailsWhateverTheText() {
        String whole = "FOR VALUES IN ('O''Brien', NULL, 3) FROM (1) TO ('2') WITH (modulus 4, remainder 3) MAXVALUE";
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            int from = random.nextInt(whole.length());
            int to = from + random.nextInt(whole.length() - from);
            String text = (random.nextBoolean() ? "FOR VALUES " : "") + whole.substring(from, to);
            for (PartitionMethod method : PartitionMethod.values()) {
                assertThat(parsed(text, key(method, KeyType.INTEGER))).isNotNull();
            }
        }
    }

    private static void assertOpaque(String text, PartitionKey key) {
        assertThat(parsed(text, key)).isEqualTo(new Opaque(text));
    }

    private static PartitionBound range(KeyType type, String text) {
        return parsed(text, key(PartitionMethod.RANGE, type));
    }

    private static PartitionBound list(KeyType type, String text) {
        return parsed(text, key(PartitionMethod.LIST, type));
    }

    private static Range range(long from, long to) {
        return new Range(RangeLimit.at(from), RangeLimit.at(to));
    }

    private static Values values(@Nullable String... texts) {
        return new Values(Arrays.stream(texts).map(ListValue::new).collect(Collectors.toSet()));
    }

    private static PartitionKey key(PartitionMethod method, KeyType type) {
        return new PartitionKey(method, List.of(part(type)));
    }

    private static PartitionKey.Part part(KeyType type) {
        return new PartitionKey.Part(Optional.of(Identifier.of("id")), type, Optional.empty(), Optional.empty());
    }

    private static PartitionBound parsed(String text, PartitionKey key) {
        return BoundParser.parse(text, key, new BoundParser.Limits());
    }
}
