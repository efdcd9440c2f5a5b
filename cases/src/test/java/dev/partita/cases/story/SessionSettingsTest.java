package dev.partita.cases.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.execution.RunListener;
import dev.partita.plan.Plan;
import dev.partita.test.Fault;
import dev.partita.test.OnPostgres;
import dev.partita.test.PostgresServer;
import dev.partita.test.SessionDefaults;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A plan and what it makes, under every time zone and every style of dates that a role may have been given. */
class SessionSettingsTest {

    private static final List<String> ZONES = List.of(
            "'UTC'", "'Pacific/Apia'", "'Asia/Kathmandu'", "'America/St_Johns'", "'Etc/GMT+12'", "'<+0530>-05:30'");
    private static final List<String> STYLES =
            List.of("'ISO, DMY'", "'SQL, DMY'", "'SQL, MDY'", "'German, DMY'", "'Postgres, YMD'");
    private static final List<Story> STORIES =
            List.of("keys/timestamptz", "keys/nothing-to-do", "zones/berlin-hours").stream()
                    .map(name -> Story.read(Path.of("src/test/resources/cases/" + name + ".case")))
                    .toList();

    @OnPostgres
    @Fault(61)
    void noTimeZoneAndNoDateStyleChangesWhatABoundMeans(PostgresServer server) {
        Map<String, String> told = new TreeMap<>();
        for (String zone : ZONES) {
            for (String style : STYLES) {
                SessionDefaults sessions =
                        new SessionDefaults(new TreeMap<>(Map.of("TimeZone", zone, "DateStyle", style)));
                STORIES.forEach(story -> {
                    try (Telling telling = new Telling(server.freshDatabase(sessions))) {
                        telling.set(Chapter.of(story).get(0));
                        Plan plan = telling.plan();
                        telling.run(plan, telling.database().partita(), RunListener.NONE);
                        String seen = PlanText.of(plan) + "\n" + telling.catalog();
                        assertThat(told.computeIfAbsent(story.name(), name -> seen))
                                .as("%s under %s", story, sessions)
                                .isEqualTo(seen);
                    }
                });
            }
        }
        assertThat(told).hasSameSizeAs(STORIES);
    }
}
