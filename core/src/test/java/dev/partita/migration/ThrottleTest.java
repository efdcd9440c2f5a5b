package dev.partita.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private static final Load QUIET =
            new Load("daniel", 0, 0, Optional.empty(), 0, 0, 0, Optional.empty(), 0, 0, false, 0, 0);

    private static final Throttle ALL = new Throttle(
            Optional.of(Duration.ofSeconds(5)),
            Optional.of(32L << 20),
            Optional.of(10L << 30),
            Optional.of(20),
            Optional.of("SELECT true"),
            100,
            Optional.of(500L << 30),
            Optional.of(50L << 30));

    private static Load standbys(int all, int seen, Duration behind) {
        return new Load("daniel", all, seen, Optional.of(behind), 0, 0, 0, Optional.empty(), 0, 0, false, 0, 0);
    }

    private static Load active(int active, int hidden) {
        return new Load("daniel", 0, 0, Optional.empty(), 0, 0, 0, Optional.empty(), active, hidden, false, 0, 0);
    }

    @Test
    void letsWorkBeginWhileTheServerIsQuiet() {
        assertThat(ALL.waits(QUIET)).isEmpty();
        assertThat(ALL.waits(standbys(2, 2, Duration.ofSeconds(5)))).isEmpty();
        assertThat(ALL.waits(active(20, 0))).isEmpty();
    }

    @Test
    void waitsForStandbys() {
        assertThat(ALL.waits(standbys(2, 2, Duration.ofMillis(5_001))))
                .contains("for a standby that is 5001 ms behind; --max-lag is 5000 ms");
    }

    @Test
    void doesNotTakeWhatItCannotSeeForGood() {
        assertThat(ALL.waits(standbys(2, 0, Duration.ZERO)))
                .contains(
                        "for the right to see how far standbys are behind: GRANT pg_monitor TO daniel, or --max-lag none");
        assertThat(ALL.waits(active(0, 3)))
                .contains(
                        "for the right to see who is active: GRANT pg_read_all_stats TO daniel, or --max-active none");
    }

    @Test
    void waitsForOthersAndForTheirQuery() {
        assertThat(ALL.waits(active(21, 0)))
                .contains("for the 21 active sessions of others to become fewer; --max-active is 20");
        assertThat(ALL.waits(new Load("daniel", 0, 0, Optional.empty(), 0, 0, 0, Optional.empty(), 0, 0, true, 0, 0)))
                .contains("for the throttle query to say no: SELECT true");
    }

    @Test
    void waitsForWal() {
        assertThat(ALL.waits(QUIET.withDebt(1)))
                .contains("so that the server writes no more than 32 MB of WAL a second on average (--max-wal-rate)");
        assertThat(ALL.waits(new Load(
                        "daniel", 0, 0, Optional.empty(), 0, 0, 11L << 30, Optional.empty(), 0, 0, false, 0, 0)))
                .contains("for a replication slot that keeps 11 GB of WAL; --max-wal-kept is 10 GB");
    }

    @Test
    void neverHasASlotLostEvenWhenNobodyHasSetALimit() {
        assertThat(Throttle.NONE.waits(new Load(
                        "daniel", 0, 0, Optional.empty(), 0, 0, 0, Optional.of("debezium"), 0, 0, false, 0, 0)))
                .hasValueSatisfying(why -> assertThat(why).contains("debezium"));
    }

    @Test
    void waitsForDisk() {
        assertThat(ALL.waits(new Load(
                        "daniel", 0, 0, Optional.empty(), 0, 0, 0, Optional.empty(), 0, 0, false, 501L << 30, 0)))
                .contains("for disk: the new table and what is noted take 501 GB, and --disk-limit is 500 GB");
    }

    @Test
    void worksInPartOfTheTimeAtLeastSometimes() {
        assertThatThrownBy(() -> new Throttle(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        Optional.empty(),
                        Optional.empty()))
                .hasMessageContaining("0");
    }

    @Test
    void aBacklogThatBecomesNoLessIsNoticed() {
        Backlog backlog = new Backlog(Duration.ofSeconds(10));
        long second = 1_000_000_000L;
        assertThat(backlog.stuckFor(1_000, 0)).isEmpty();
        assertThat(backlog.stuckFor(900, 9 * second)).isEmpty();
        assertThat(backlog.stuckFor(1_500, 18 * second)).isEmpty();
        assertThat(backlog.stuckFor(900, 20 * second)).contains(Duration.ofSeconds(11));
        assertThat(backlog.stuckFor(899, 21 * second)).isEmpty();
        backlog.forget();
        assertThat(backlog.stuckFor(5_000, 60 * second)).isEmpty();
    }
}
