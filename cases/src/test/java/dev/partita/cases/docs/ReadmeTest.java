package dev.partita.cases.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.Partita;
import dev.partita.cases.docs.Page.Block;
import dev.partita.execution.Patience;
import dev.partita.report.Heading;
import dev.partita.report.Look;
import dev.partita.report.PlanText;
import dev.partita.test.OnEveryPostgres;
import dev.partita.test.TestDatabase;
import dev.partita.yaml.PartitaFile;
import java.time.Instant;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The plan that the first page shows is the plan that its declaration gives. */
@OnEveryPostgres
class ReadmeTest {

    private static final Page README = Page.of(Page.REPOSITORY.resolve("README.md"));
    private static final Heading HEADING = new Heading("0.1.0", "postgresql://shop_owner@localhost:5432/shop");

    private static final String SHOP = """
            CREATE TABLE orders (id bigint, customer_id bigint, created_at timestamp, PRIMARY KEY (id, created_at))
              PARTITION BY RANGE (created_at);
            CREATE TABLE orders_2023_12 PARTITION OF orders FOR VALUES FROM ('2023-12-01') TO ('2024-01-01');
            CREATE TABLE orders_2024_01 PARTITION OF orders FOR VALUES FROM ('2024-01-01') TO ('2024-02-01');
            CREATE INDEX ON orders (customer_id);
            CREATE TABLE customers (id bigint PRIMARY KEY, name text) PARTITION BY HASH (id);
            CREATE TABLE shipments (id bigint, region text, created_at timestamptz, PRIMARY KEY (id, created_at, region))
              PARTITION BY RANGE (created_at);
            """;

    @Test
    void showsAPlanAsItIsMadeAndNothingIsLeftToDoAfterIt(TestDatabase database) throws Exception {
        database.execute(SHOP);
        PartitaFile file = PartitaFile.read("README.md", block("yaml").text());
        Partita partita = Partita.of(database.partita(), file.declarations())
                .with(connection -> Instant.parse("2024-01-15T12:00:00Z"));

        String plan = PlanText.of(partita.plan(), HEADING, Patience.KIND, Look.PLAIN);

        String shown = README.blocks().stream()
                .filter(block -> block.commands().contains("partita plan"))
                .findFirst()
                .orElseThrow()
                .text();
        assertThat(fromLine(2, plan)).isEqualTo(fromLine(3, shown));

        assertThat(partita.apply().complete()).isTrue();
        assertThat(partita.plan().isEmpty()).isTrue();
    }

    private static Block block(String info) {
        return README.blocks().stream()
                .filter(block -> block.info().equals(info))
                .findFirst()
                .orElseThrow();
    }

    private static String fromLine(int line, String text) {
        return text.lines().skip(line - 1L).collect(Collectors.joining("\n"));
    }
}
