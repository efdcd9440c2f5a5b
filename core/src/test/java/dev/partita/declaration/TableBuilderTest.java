package dev.partita.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.partita.problem.PartitaException;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import dev.partita.table.ListValue;
import dev.partita.table.TableName;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableBuilderTest {

    @Test
    void readsLikeTheFile() {
        TableDeclaration orders = TableDeclaration.table("shop.orders")
                .range("created_at")
                .every("1 month")
                .ahead(3)
                .from("2024-01-01")
                .index("customer_id")
                .thenBy(Level.list("shipping_region")
                        .partition("na", "NA")
                        .partition("apac", "AS", "OC")
                        .otherwise("other"))
                .build();

        Scheme regions = new Scheme.Values(
                Identifier.of("shipping_region"),
                List.of(
                        new ListPartition("na", List.of(new ListValue("NA"))),
                        new ListPartition("apac", List.of(new ListValue("AS"), new ListValue("OC")))),
                new DefaultPartition(DefaultPartition.Policy.ACCEPT, "other"),
                Optional.empty(),
                Optional.empty());
        Scheme months = new Scheme.Range(
                Identifier.of("created_at"),
                new Spacing.Time(
                        Period.of(1, Period.Unit.MONTH),
                        Spacing.Time.UTC,
                        Optional.empty(),
                        new Encoding.Native(),
                        Optional.of(LocalDateTime.of(2024, 1, 1, 0, 0))),
                new Ahead.Partitions(3),
                DefaultPartition.NONE,
                Optional.empty(),
                Optional.of(regions));
        assertThat(orders)
                .isEqualTo(new TableDeclaration(
                        TableName.of("shop", "orders"),
                        months,
                        Optional.empty(),
                        List.of(IndexDeclaration.on("customer_id")),
                        List.of(),
                        LeafOptions.NONE,
                        Retention.FOREVER));
    }

    @Test
    void theOrderOfWordsDoesNotMatter() {
        TableDeclaration one = TableDeclaration.table("ids")
                .from("5_000")
                .anchor("1000")
                .cursor("sequence")
                .range("id")
                .every(10_000)
                .build();
        TableDeclaration other = TableDeclaration.table("public.ids")
                .range("id")
                .every("10_000")
                .cursor("sequence")
                .anchor("1_000.0")
                .from("5000")
                .build();
        assertThat(one).isEqualTo(other);
        assertThat(((Scheme.Range) one.scheme()).spacing())
                .isEqualTo(new Spacing.Numbers(
                        new BigDecimal(10_000),
                        new BigDecimal(1000),
                        Spacing.Cursor.SEQUENCE,
                        Optional.of(new BigDecimal(5000))));
    }

    @Test
    void tellsEverythingThatIsWrongAtOnceAndUnderTheTablesName() {
        PartitaException thrown = catchThrowableOfType(
                PartitaException.class,
                () -> TableDeclaration.table("orders")
                        .range("created at")
                        .every("1 mnth")
                        .zone("Europe/Berlni")
                        .keep("2 days")
                        .then("archive")
                        .leaf("filfactor", 70)
                        .thenBy(Level.hash("id").partitions(0))
                        .build());
        assertThat(thrown.problems())
                .allSatisfy(problem -> assertThat(problem.where()).isEqualTo("public.orders"));
        assertThat(thrown.getMessage())
                .contains("leaf.filfactor: 'filfactor' is not a storage parameter", "did you mean fillfactor?")
                .contains("then: partita cannot archive partitions yet")
                .contains("range: 'created at' is not a name")
                .contains("every: '1 mnth' is not a period")
                .contains("then-by: partitions: 0 partitions cannot be meant");
    }

    @Test
    void refusesTwoMethodsForOneLevel() {
        assertThatThrownBy(() -> TableDeclaration.table("orders").range("a").list("b"))
                .hasMessageContaining("one level cannot be divided by range and by list");
    }

    @Test
    void refusesWhatBelongsToAnotherMethod() {
        PartitaException thrown = catchThrowableOfType(
                PartitaException.class,
                () -> TableDeclaration.table("customers")
                        .hash("id")
                        .partitions(4)
                        .zone("UTC")
                        .otherwise("alert")
                        .build());
        assertThat(thrown.problems())
                .extracting("code")
                .containsExactly(ProblemCode.KEY_UNKNOWN, ProblemCode.VALUE_INVALID);
        assertThat(thrown.getMessage())
                .contains("zone: belongs to a range by time, and this is a hash")
                .contains("default: a hash takes every row and so has no default partition");
    }

    @Test
    void aDropAlwaysHasAGrace() {
        TableDeclaration events = TableDeclaration.table("events")
                .range("at")
                .every("1 day")
                .keep("90 days")
                .then("drop")
                .build();
        assertThat(events.retention())
                .isEqualTo(new Retention.Limited(
                        new Retention.Keep.Time(Period.of(90, Period.Unit.DAY)),
                        new Retention.Then.Drop(),
                        Optional.of(Retention.USUAL_GRACE),
                        Retention.Retire.ASK));
    }

    @Test
    void listsTakeNumbersBooleansEnumsAndNull() {
        TableDeclaration flags = TableDeclaration.table("flags")
                .list("flag")
                .partition("some", 1, true, Thread.State.NEW, "text")
                .partition("none", (Object) null)
                .build();
        assertThat(((Scheme.Values) flags.scheme()).partitions())
                .extracting(ListPartition::values)
                .containsExactly(
                        List.of(new ListValue("1"), new ListValue("true"), new ListValue("NEW"), new ListValue("text")),
                        List.of(ListValue.NULL));
    }

    @Test
    void aUniqueIndexHoldsTheKeyOfEveryLevel() {
        assertThatThrownBy(() -> TableDeclaration.table("orders")
                        .range("created_at")
                        .every("1 month")
                        .index(IndexDeclaration.on("id").forbiddingDuplicates())
                        .thenBy(Level.hash("customer_id").partitions(4))
                        .build())
                .hasMessageContaining("UNIQUE_LACKS_PARTITION_KEY")
                .hasMessageContaining("lacks the partition key (created_at, customer_id)")
                .hasMessageContaining("index (id, created_at, customer_id) instead");
    }

    @Test
    void aRangeMayBeDividedByAFinerRangeOfTheSameColumnOnly() {
        TableDeclaration.table("events")
                .range("at")
                .every("1 year")
                .thenBy(Level.range("at").every("1 month"))
                .build();
        assertThatThrownBy(() -> TableDeclaration.table("events")
                        .range("at")
                        .every("1 month")
                        .thenBy(Level.range("at").every("1 year"))
                        .build())
                .hasMessageContaining("at is the key of two levels");
    }
}
