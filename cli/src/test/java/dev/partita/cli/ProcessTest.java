package dev.partita.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.test.OnPostgres;
import dev.partita.test.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What only shows in a process of its own: signals, encodings, and which classes a start costs. */
@DisabledOnOs(OS.WINDOWS)
class ProcessTest {

    @TempDir
    Path folder;

    private Process start(Map<String, String> environment, List<String> options, String... words) throws IOException {
        List<String> command = new ArrayList<>(listeningToCtrlC());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.partita.cli.Main"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("PARTITA"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** A build that a shell runs in the background ignores Ctrl+C, and so would everything that it starts. */
    private static List<String> listeningToCtrlC() {
        return System.getProperty("os.name").equals("Linux") ? List.of("env", "--default-signal=INT") : List.of();
    }

    private static String text(java.io.InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), UTF_8);
    }

    @OnPostgres
    void ctrlCStopsCleanlyAndSaysWhatWasDone(TestDatabase database) throws Exception {
        stopsWith("INT", 130, database);
    }

    @OnPostgres
    void aServiceManagerStopsItCleanlyToo(TestDatabase database) throws Exception {
        stopsWith("TERM", 143, database);
    }

    /** One table is done, the other waits for a lock when the signal comes. */
    private void stopsWith(String signal, int code, TestDatabase database) throws Exception {
        database.execute("CREATE TABLE customers (id bigint PRIMARY KEY) PARTITION BY HASH (id);" + Shop.ORDERS);
        Files.writeString(folder.resolve("partita.yml"), """
                tables:
                  customers: { hash: id, partitions: 2 }
                  orders: { range: created_at, every: 1 month }
                """);
        try (Connection other = database.owner().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE public.orders IN SHARE UPDATE EXCLUSIVE MODE");
            Process apply = start(database.environment(), List.of(), "apply");
            BufferedReader progress = new BufferedReader(new InputStreamReader(apply.getErrorStream(), UTF_8));
            assertThat(progress.readLine()).contains("public.orders", "waits: try 1 met pid", "(shop)");

            new ProcessBuilder("kill", "-" + signal, Long.toString(apply.pid()))
                    .start()
                    .waitFor();

            String out = text(apply.getInputStream());
            assertThat(apply.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(apply.exitValue()).isEqualTo(code);
            assertThat(out)
                    .contains("✓ customers_h_0", "✓ customers_h_1", "Stopped: 2 of ")
                    .doesNotContain("✓ orders");
            other.rollback();
        }
        assertThat(database.partitions("customers")).isEqualTo(2);
        assertThat(database.value("SELECT count(*) FROM pg_class WHERE relname LIKE 'orders_20%' AND relkind = 'r'"))
                .as("nothing half-made")
                .isEqualTo(Integer.toString(database.partitions("orders")));
    }

    @OnPostgres
    void writesUtf8WhateverTheLocale(TestDatabase database) throws Exception {
        database.execute("CREATE TABLE \"Bücher\" (id bigint PRIMARY KEY) PARTITION BY HASH (id)");
        Files.writeString(folder.resolve("partita.yml"), "tables: { '\"Bücher\"': { hash: id, partitions: 1 } }\n");
        Map<String, String> environment = new java.util.HashMap<>(database.environment());
        environment.put("LC_ALL", "C");

        Process plan = start(environment, List.of(), "plan");

        assertThat(text(plan.getInputStream())).contains("· ", "\"Bücher_h_0\"".replace("\"", ""));
        assertThat(plan.waitFor()).isZero();
    }

    @Test
    void theVersionCostsNoDriverNoJsonNoYamlAndNoParser() throws Exception {
        Process version = start(Map.of(), List.of("-verbose:class"), "--version");

        String classes = text(version.getInputStream());

        assertThat(classes).contains("dev.partita.cli.Main");
        assertThat(classes)
                .doesNotContain("org.postgresql.")
                .doesNotContain("tools.jackson.")
                .doesNotContain("org.snakeyaml.")
                .doesNotContain("picocli.CommandLine$Model");
    }

    @OnPostgres
    void aPlanCostsNoJsonAndNoLogger(TestDatabase database) throws Exception {
        database.execute(Shop.ORDERS);
        Files.writeString(folder.resolve("partita.yml"), Shop.ORDERS_DECLARED);

        Process plan = start(database.environment(), List.of("-verbose:class"), "plan");

        assertThat(text(plan.getInputStream()))
                .contains("dev.partita.plan.Planner")
                .doesNotContain("tools.jackson.")
                .doesNotContain("ch.qos.logback.");
    }
}
