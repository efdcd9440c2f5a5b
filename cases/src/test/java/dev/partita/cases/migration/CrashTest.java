package dev.partita.cases.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.migration.Phase;
import dev.partita.test.Fault;
import dev.partita.test.Majors;
import dev.partita.test.PostgresServer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A migration is broken off wherever it can be, in every way, and somebody carries on: no row is lost, doubled or revived,
 * nothing is left behind, and it always gets to its end.
 *
 * <p>Only with {@code -Dpartita.cases.thorough=true}: on all majors, in more ways, and with double faults.
 * {@code -Dpartita.seed=…} repeats what is drawn.
 */
@EnabledIfSystemProperty(named = "partita.cases.thorough", matches = "true")
class CrashTest {

    private static final boolean THOROUGH = Boolean.getBoolean("partita.cases.thorough");

    private static final long SEED = Long.getLong("partita.seed", new Random().nextLong());

    /** So many boundaries there are at least, on any major. Whoever makes fewer of them lowers this, and knows why. */
    private static final Map<Goal, Integer> BOUNDARIES =
            new EnumMap<>(Map.of(Goal.FINISHED, 1_000, Goal.ROLLED_BACK, 1_300, Goal.ABORTED, 750));

    /** So often a process is halted, and a server stopped, on each major. */
    private static final int DRAWN = 75;

    private static final SortedMap<String, Integer> POINTS = new ConcurrentSkipListMap<>();

    static Stream<Integer> majors() {
        return Majors.selected().stream().filter(major -> THOROUGH || major == 14 || major == 18);
    }

    static Stream<Arguments> majorsAndBlows() {
        List<Blow> blows =
                THOROUGH ? List.of(Blow.EXCEPTION, Blow.KILL, Blow.RESET) : List.of(Blow.EXCEPTION, Blow.KILL);
        return majors().flatMap(major -> blows.stream().map(blow -> Arguments.of(major, blow)));
    }

    @AfterAll
    static void print() {
        int sum = POINTS.values().stream().mapToInt(Integer::intValue).sum();
        System.out.println("crash matrix, seed " + SEED + ": " + sum + " points\n  "
                + String.join(
                        "\n  ",
                        POINTS.entrySet().stream()
                                .map(point -> point.getKey() + ": " + point.getValue())
                                .toList()));
    }

    private static void count(int major, String what, int points) {
        POINTS.merge("PostgreSQL " + major + ", " + what, points, Integer::sum);
    }

    private static Ordeal.Census census(Ordeal ordeal, int major, Goal goal) throws Exception {
        Ordeal.Census census = ordeal.dry(goal);
        assertThat(census.boundaries())
                .as("the boundaries of a journey to %s", goal)
                .isGreaterThanOrEqualTo(BOUNDARIES.getOrDefault(goal, 0));
        return census;
    }

    @ParameterizedTest
    @MethodSource("majorsAndBlows")
    @Execution(ExecutionMode.CONCURRENT)
    @Fault({24, 27, 46})
    void goesOnFromEveryBoundaryToItsEnd(int major, Blow blow) throws Exception {
        try (Ordeal ordeal = Ordeal.on(PostgresServer.shared(major))) {
            int boundaries = census(ordeal, major, Goal.FINISHED).boundaries();
            int points = ordeal.atEachBoundary(Goal.FINISHED, Phase.PREPARING, blow);
            assertThat(points).isGreaterThan(boundaries);
            count(major, "struck by " + blow + " on the way forward", points);
        }
    }

    @ParameterizedTest
    @MethodSource("majorsAndBlows")
    @Execution(ExecutionMode.CONCURRENT)
    @Fault({24, 27, 46})
    void goesBackFromEveryBoundary(int major, Blow blow) throws Exception {
        try (Ordeal ordeal = Ordeal.on(PostgresServer.shared(major))) {
            census(ordeal, major, Goal.ROLLED_BACK);
            count(
                    major,
                    "struck by " + blow + " on the way back",
                    ordeal.atEachBoundary(Goal.ROLLED_BACK, Phase.SWAPPED, blow));
        }
    }

    @ParameterizedTest
    @MethodSource("majorsAndBlows")
    @Execution(ExecutionMode.CONCURRENT)
    void isGivenUpFromEveryBoundary(int major, Blow blow) throws Exception {
        try (Ordeal ordeal = Ordeal.on(PostgresServer.shared(major))) {
            census(ordeal, major, Goal.ABORTED);
            count(
                    major,
                    "struck by " + blow + " while it is given up",
                    ordeal.atEachBoundary(Goal.ABORTED, Phase.READY, blow));
        }
    }

    /** In the transaction that wrote something, or right after its commit; in turns where not all is to be tried. */
    @ParameterizedTest
    @MethodSource("majors")
    @Execution(ExecutionMode.CONCURRENT)
    void isTakenBackFromWhereverItHasWritten(int major) throws Exception {
        try (Ordeal ordeal = Ordeal.on(PostgresServer.shared(major))) {
            ordeal.dry(Goal.ABORTED);
            int points = 0;
            List<Integer> writes = ordeal.dry(Goal.ROLLED_BACK).writes();
            for (int i = 0; i < writes.size(); i += THOROUGH ? 1 : 2) {
                for (int way = 0; way < 3; way++) {
                    if (THOROUGH || (i / 2 + major) % 3 == way) {
                        Blow blow = way == 0 ? Blow.KILL : Blow.EXCEPTION;
                        int boundary = writes.get(i) + (way == 1 ? 1 : 0);
                        points += ordeal.once(Goal.ROLLED_BACK, blow, boundary, Goal.TAKEN_BACK) ? 1 : 0;
                    }
                }
            }
            count(major, "struck once, then taken back", points);
        }
    }

    @ParameterizedTest
    @MethodSource("majorsAndBlows")
    @Execution(ExecutionMode.CONCURRENT)
    void goesOnByItselfWhenItsProcessLivesOn(int major, Blow blow) throws Exception {
        try (Ordeal ordeal = Ordeal.on(PostgresServer.shared(major))) {
            Random random = random(major, blow);
            ordeal.dry(Goal.ROLLED_BACK);
            count(
                    major,
                    "struck by " + blow + " and living on",
                    ordeal.livingOn(Goal.ROLLED_BACK, blow, boundary -> random.nextInt(60) == 0));
        }
    }

    @ParameterizedTest
    @MethodSource("majors")
    @Execution(ExecutionMode.CONCURRENT)
    @Fault({4, 25})
    void goesOnWhenTheServerHasStopped(int major) throws Exception {
        try (PostgresServer server = PostgresServer.start(major);
                Ordeal ordeal = Ordeal.on(server)) {
            ordeal.dry(Goal.FINISHED);
            ordeal.dry(Goal.ROLLED_BACK);
            IntSupplier drawn = drawn(random(major, Blow.STOP));
            int points = ordeal.atDrawnBoundaries(Goal.FINISHED, Blow.STOP, drawn, DRAWN / 2)
                    + ordeal.atDrawnBoundaries(Goal.ROLLED_BACK, Blow.STOP, drawn, DRAWN - DRAWN / 2);
            count(major, "the server stopped as in a power cut", points);
        }
    }

    @ParameterizedTest
    @MethodSource("majors")
    @Execution(ExecutionMode.CONCURRENT)
    @Fault(24)
    void goesOnWhenTheProcessWasHalted(int major) throws Exception {
        try (Ordeal ordeal = Ordeal.on(PostgresServer.shared(major))) {
            ordeal.dry(Goal.FINISHED);
            ordeal.dry(Goal.ROLLED_BACK);
            IntSupplier drawn = drawn(new Random(SEED + major));
            int points = ordeal.halted(Goal.FINISHED, drawn, DRAWN / 2)
                    + ordeal.halted(Goal.ROLLED_BACK, drawn, DRAWN - DRAWN / 2);
            count(major, "the process halted", points);
        }
    }

    @ParameterizedTest
    @MethodSource("majorsAndBlows")
    @Execution(ExecutionMode.CONCURRENT)
    @Timeout(value = 10, unit = TimeUnit.HOURS)
    void goesOnWhenWhoeverCarriedOnWasStruckAsWell(int major, Blow blow) throws Exception {
        try (Ordeal ordeal = Ordeal.on(PostgresServer.shared(major))) {
            ordeal.dry(Goal.ABORTED);
            ordeal.dry(Goal.FINISHED);
            Random random = random(major, blow);
            int boundaries = ordeal.dry(Goal.ROLLED_BACK).boundaries();
            int points = 0;
            for (int first = 1; first <= boundaries; first += 1 + random.nextInt(3)) {
                Goal then = random.nextInt(3) == 0 ? Goal.TAKEN_BACK : Goal.ROLLED_BACK;
                points += ordeal.twice(Goal.ROLLED_BACK, blow, first, 1 + random.nextInt(300), then);
            }
            count(major, "struck twice by " + blow, points);
        }
    }

    private static Random random(int major, Blow blow) {
        return new Random(SEED + 100L * major + blow.ordinal());
    }

    /** About as many as a process comes by until it has done something. */
    private static IntSupplier drawn(Random random) {
        return () -> 1 + random.nextInt(120);
    }
}
