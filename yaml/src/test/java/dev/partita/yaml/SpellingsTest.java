package dev.partita.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.declaration.Declarations;
import dev.partita.declaration.DefaultPartition;
import dev.partita.declaration.Encoding;
import dev.partita.declaration.IndexDeclaration;
import dev.partita.declaration.Level;
import dev.partita.declaration.TableDeclaration;
import dev.partita.sql.Identifier;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The file and the builder make the same value. */
class SpellingsTest {

    private static Declarations yaml(String yaml) {
        return PartitaFile.read("partita.yml", yaml).declarations();
    }

    @Test
    void byRange() {
        assertThat(TableDeclaration.table("shop.orders")
                        .create("CREATE TABLE shop.orders (id bigint, customer_id bigint, created_at timestamptz)")
                        .range("created_at")
                        .every("1 month")
                        .zone("Europe/Berlin")
                        .ahead("90 days")
                        .from("2024-01-01")
                        .anchor("2024-01-15 06:00")
                        .name("{table}_{yyyy}_{MM}")
                        .otherwise("alert")
                        .keep("24 months")
                        .then("drop")
                        .grace("14 days")
                        .retire("auto")
                        .index("customer_id", "created_at desc")
                        .index(IndexDeclaration.on("id", "created_at", "customer_id", "shipping_region")
                                .forbiddingDuplicates()
                                .named(Identifier.of("orders_once")))
                        .leafIndex(IndexDeclaration.on("created_at").using("brin"))
                        .leaf("fillfactor", 90)
                        .leaf("autovacuum_enabled", false)
                        .tablespace("fast")
                        .thenBy(Level.list("shipping_region")
                                .partition("na", "NA")
                                .partition("apac", "AS", "OC")
                                .partition("none", (Object) null)
                                .otherwise("other")
                                .thenBy(Level.hash("customer_id").partitions(4)))
                        .build())
                .isEqualTo(yaml("""
                        tables:
                          shop.orders:
                            create: CREATE TABLE shop.orders (id bigint, customer_id bigint, created_at timestamptz);
                            range: created_at
                            every: P1M
                            zone: Europe/Berlin
                            ahead: 90 days
                            from: 2024-01-01
                            anchor: 2024-01-15T06:00
                            name: "{table}_{yyyy}_{MM}"
                            default: alert
                            keep: 24 months
                            then: drop
                            grace: 14 days
                            retire: auto
                            indexes:
                              - [customer_id, created_at desc]
                              - columns: [id, created_at, customer_id, shipping_region]
                                unique: true
                                name: orders_once
                            leaf-indexes:
                              - { columns: created_at, using: brin }
                            leaf: { fillfactor: 90, autovacuum_enabled: false, tablespace: fast }
                            then-by:
                              list: shipping_region
                              partitions: { na: NA, apac: [AS, OC], none: null }
                              default: other
                              then-by: { hash: customer_id, partitions: 4 }
                        """).tables().get(0));
    }

    @Test
    void byNumbersByIdsThatCarryTimeByListAndByHash() {
        Declarations built = Declarations.of(
                TableDeclaration.table("ids")
                        .range("id")
                        .every(10_000_000)
                        .cursor("sequence")
                        .from("5_000_000")
                        .ahead(5)
                        .keep("36 partitions")
                        .build(),
                TableDeclaration.table("posts")
                        .range("id")
                        .every("1 day")
                        .encoding(new Encoding.Snowflake(Instant.parse("2010-11-04T01:42:54.657Z"), 22))
                        .build(),
                TableDeclaration.table("messages")
                        .range("id")
                        .every("PT6H")
                        .encoding("uuidv7")
                        .build(),
                TableDeclaration.table("flags")
                        .list("flag")
                        .partition("yes", true)
                        .partition("no", false)
                        .otherwise(new DefaultPartition(DefaultPartition.Policy.ALERT, "stray"))
                        .build(),
                TableDeclaration.table("customers")
                        .hash("id")
                        .partitions(4)
                        .name("{table}_{remainder}")
                        .build());
        assertThat(yaml("""
                        tables:
                          ids: { range: id, every: 10_000_000, cursor: sequence, from: 5000000, ahead: 5, keep: 36 partitions }
                          posts: { range: id, every: 1 day, encoding: { snowflake: { epoch: 1288834974657 } } }
                          messages: { range: id, every: 6 hours, encoding: uuidv7 }
                          flags: { list: flag, partitions: { yes: true, no: false }, default: { policy: alert, name: stray } }
                          customers: { hash: id, partitions: 4, name: "{table}_{remainder}" }
                        """)).isEqualTo(built);
        assertThat(built.tables())
                .extracting(table -> table.name().sql())
                .isEqualTo(
                        List.of("public.ids", "public.posts", "public.messages", "public.flags", "public.customers"));
    }
}
