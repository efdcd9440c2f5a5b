package dev.partita.cases.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.plan.Plan;
import dev.partita.step.CreatePartition;
import dev.partita.step.Step;
import dev.partita.test.Fault;
import dev.partita.test.Majors;
import dev.partita.test.OnEveryPostgres;
import dev.partita.test.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** PostgreSQL itself says (at DEBUG1) whether ATTACH has scanned DEFAULT, or has found it proved. */
class DefaultScanTest {

    private static final Story LARGE = Story.read(Path.of("src/test/resources/cases/default/large.case"));
    private static final String PROVED = "is implied by existing constraints";

    @OnEveryPostgres
    @Fault(66)
    void attachDoesNotScanALargeDefault(PostgresServer server) throws SQLException {
        try (Telling telling = told(server.major())) {
            Plan plan = telling.plan();
            long partitions =
                    plan.steps().filter(CreatePartition.class::isInstance).count();
            assertThat(partitions).isPositive();
            assertThat(proofs(telling, plan, step -> true)).hasSize((int) partitions);
        }
    }

    /** The oracle sees the difference: the same partitions without the promise are scanned for. */
    @OnEveryPostgres
    void withoutThePromiseItWould(PostgresServer server) throws SQLException {
        try (Telling telling = told(server.major())) {
            assertThat(proofs(telling, telling.plan(), CreatePartition.class::isInstance))
                    .isEmpty();
        }
    }

    private static Telling told(int major) {
        assertThat(Majors.selected()).contains(major);
        Telling telling = new Telling(Stage.of(major).database(66));
        telling.set(Chapter.of(LARGE).get(0));
        return telling;
    }

    private static List<String> proofs(Telling telling, Plan plan, Predicate<Step> wanted) throws SQLException {
        List<String> proofs = new ArrayList<>();
        try (Connection connection = telling.database().owner().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET client_min_messages = debug1; SET search_path = pg_catalog");
            for (Step step : plan.steps().filter(wanted).toList()) {
                statement.execute(step.script().stream()
                        .map(sql -> sql.sql())
                        .collect(java.util.stream.Collectors.joining(";\n", "BEGIN;\n", ";\nCOMMIT")));
                for (SQLWarning said = statement.getWarnings(); said != null; said = said.getNextWarning()) {
                    if (String.valueOf(said.getMessage()).contains(PROVED)) {
                        proofs.add(said.getMessage());
                    }
                }
                statement.clearWarnings();
            }
        }
        return proofs;
    }
}
