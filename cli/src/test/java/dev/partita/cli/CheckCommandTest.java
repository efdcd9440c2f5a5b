package dev.partita.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.test.OnPostgres;
import dev.partita.test.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnPostgres
class CheckCommandTest {

    @TempDir
    Path folder;

    @Test
    void saysThatThereIsNothingToCheck(TestDatabase database) throws IOException {
        Golden.check(
                "check/nothing", Typed.in(folder, database).partita("check").all());
    }

    @Test
    void raisesTheAlarmWhenTheFutureEnds(TestDatabase database) throws IOException {
        database.execute(Shop.ORDERS);
        Typed typed = Typed.in(folder, database);

        Golden.check("check/run-out", typed.partita("check").all());
        assertThat(typed.at("2026-11-26T00:00:00Z").partita("check").code()).isEqualTo(3);
        Golden.check(
                "check/over", typed.at("2026-12-02T00:00:00Z").partita("check").all());
    }
}
