package dev.partita.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.problem.PartitaException;
import dev.partita.problem.ProblemCode;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CutoverWindowTest {

    private static CutoverWindow window(String text) {
        return CutoverWindow.parse("--cutover-window", text);
    }

    @Test
    void isOpenOnTheWallClockOfItsZone() {
        CutoverWindow berlin = window("Sun 02:00-04:00 Europe/Berlin");
        assertThat(berlin.isOpen(Instant.parse("2026-07-05T00:30:00Z"))).isTrue();
        assertThat(berlin.isOpen(Instant.parse("2026-07-05T02:30:00Z"))).isFalse();
        assertThat(berlin.isOpen(Instant.parse("2026-12-06T02:30:00Z"))).isTrue();
        assertThat(berlin.next(Instant.parse("2026-07-05T02:30:00Z"))).isEqualTo("2026-07-12T00:00:00Z");
    }

    @Test
    void isUtcWhenNoZoneIsSaid() {
        assertThat(window("22:00-04:00")).isEqualTo(window("22:00-04:00 UTC"));
        assertThat(window("22:00-04:00").isOpen(Instant.parse("2026-07-05T23:00:00Z")))
                .isTrue();
    }

    @Test
    void readsWhatItPrints() {
        for (String text : new String[] {
            "Sun 02:00-04:00 Europe/Berlin", "Mon-Fri 22:00-04:00, Sat 01:00-05:00 UTC", "02:00-05:00 America/New_York"
        }) {
            assertThat(window(text)).hasToString(text);
            assertThat(window(window(text).toString())).isEqualTo(window(text));
        }
    }

    @Test
    void saysWhereTheMistakeIs() {
        assertThatThrownBy(() -> window("Sun 02:00-04:00 Europe/Berln"))
                .isInstanceOfSatisfying(
                        PartitaException.class,
                        e -> assertThat(e.problems()).singleElement().satisfies(problem -> {
                            assertThat(problem.code()).isEqualTo(ProblemCode.VALUE_INVALID);
                            assertThat(problem.where()).isEqualTo("--cutover-window");
                            assertThat(problem.message()).contains("Europe/Berln");
                        }));
        assertThatThrownBy(() -> window("some day")).hasMessageContaining("--cutover-window");
    }
}
