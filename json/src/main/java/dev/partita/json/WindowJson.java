package dev.partita.json;

import dev.partita.declaration.Stretch;
import dev.partita.plan.Window;
import dev.partita.table.TableName;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import tools.jackson.databind.JsonNode;

/** What was asked for besides the declaration, there and back. */
final class WindowJson {

    private WindowJson() {}

    static void write(Json json, Window window) {
        NameJson.write(json, "table", window.table());
        Stretch stretch = window.stretch();
        if (stretch instanceof Stretch.Instants instants) {
            write(json, "instants", instants.from(), instants.to());
        } else if (stretch instanceof Stretch.WallClock clock) {
            write(json, "wall_clock", clock.from(), clock.to());
        } else if (stretch instanceof Stretch.Numbers numbers) {
            write(json, "numbers", numbers.from().toPlainString(), numbers.to().toPlainString());
        }
    }

    private static void write(Json json, String kind, Object from, Object to) {
        json.text("kind", kind).text("from", from).text("to", to);
    }

    static Window read(JsonNode node) {
        TableName table = NameJson.read(node.required("table"));
        String from = node.required("from").asString();
        String to = node.required("to").asString();
        Stretch stretch = switch (node.required("kind").asString()) {
            case "instants" -> new Stretch.Instants(Instant.parse(from), Instant.parse(to));
            case "wall_clock" -> new Stretch.WallClock(LocalDateTime.parse(from), LocalDateTime.parse(to));
            case "numbers" -> new Stretch.Numbers(new BigDecimal(from), new BigDecimal(to));
            default -> throw new IllegalArgumentException("an unknown kind of window");
        };
        return new Window(table, stretch);
    }
}
