package dev.partita.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.declaration.Declarations;
import dev.partita.declaration.TableDeclaration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class RoundTripTest {

    private static final int DECLARATIONS = 150;

    @RepeatedTest(4)
    void whatIsWrittenReadsToTheSame() {
        long seed = Long.getLong("seed", new Random().nextLong());
        RandomDeclarations random = new RandomDeclarations(seed);
        for (int i = 0; i < DECLARATIONS; i++) {
            Declarations declarations = random.next();
            PartitaFile file = new PartitaFile(declarations, i % 2 == 0 ? Optional.empty() : Optional.of("host=db"));
            String yaml = file.yaml(table -> List.of("Table " + table, "a\nb: *c\r\u2028d\u0000\ud800"));
            assertThat(PartitaFile.read("partita.yml", yaml))
                    .as("-Dseed=%d, declaration %d:%n%s", seed, i, yaml)
                    .isEqualTo(file);
        }
    }

    @Test
    void commentsStandAboveTheirTable() {
        TableDeclaration orders = TableDeclaration.table("shop.orders")
                .range("created_at")
                .every("1 month")
                .build();
        TableDeclaration customers = TableDeclaration.table("shop.customers")
                .hash("id")
                .partitions(4)
                .build();
        PartitaFile file = new PartitaFile(Declarations.of(orders, customers), Optional.empty());
        assertThat(file.yaml(table -> List.of(table.name() + ": adopted as it is", "24 partitions")))
                .isEqualTo("""
                        version: 1
                        tables:
                          # orders: adopted as it is
                          # 24 partitions
                          shop.orders:
                            range: created_at
                            every: 1 month

                          # customers: adopted as it is
                          # 24 partitions
                          shop.customers:
                            hash: id
                            partitions: 4
                        """);
    }
}
