package dev.partita.cases.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.sql.Lock;
import dev.partita.step.Step;
import dev.partita.table.TableName;
import dev.partita.test.Majors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A golden file of the locks that steps take on each major. */
final class LockMap {

    private static final Path FOLDER = Path.of("src/test/resources/locks");

    private final StringBuilder text = new StringBuilder();

    /** Looks at the locks on one major. */
    @FunctionalInterface
    interface Look {
        void at(Telling telling, Story scene, LockMap map) throws Exception;
    }

    /** What a step holds. */
    void add(Step step, SortedMap<TableName, Lock> locks) {
        text.append(PlanText.of(step)).append('\n');
        locks.forEach((relation, mode) -> text.append("  ")
                .append(mode.sql())
                .append(" on ")
                .append(relation)
                .append('\n'));
    }

    /** Compares with what is written, or writes it anew. Majors that are not asked keep what was expected of them. */
    static void check(String file, String scene, Look look) throws Exception {
        Path map = FOLDER.resolve(file);
        String expected = Files.exists(map) ? Files.readString(map).stripTrailing() : "";
        Story told = Story.read(FOLDER.resolve(scene));
        SortedMap<Integer, String> seen = new TreeMap<>();
        for (int major : List.of(14, 15, 16, 17, 18)) {
            seen.put(
                    major,
                    Majors.selected().contains(major) ? seen(told, major, look) : VersionedText.of(expected, major));
        }
        String merged = VersionedText.merged(seen);
        if (Boolean.getBoolean("partita.cases.rewrite")) {
            write(map, merged);
        } else {
            assertThat(merged).isEqualTo(expected);
        }
    }

    private static void write(Path map, String text) throws IOException {
        Files.writeString(map, text + "\n");
    }

    private static String seen(Story scene, int major, Look look) throws Exception {
        LockMap map = new LockMap();
        try (Telling telling = new Telling(Stage.of(major).database(major))) {
            look.at(telling, scene, map);
        }
        return map.text.toString().lines().collect(Collectors.joining("\n"));
    }
}
