package dev.partita.json;

import dev.partita.sql.Identifier;
import dev.partita.table.TableName;
import java.util.Collection;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Names as the catalog spells them, unquoted. */
final class NameJson {

    private NameJson() {}

    static void write(Json json, String property, TableName name) {
        json.object(property, object -> content(object, name));
    }

    static void write(Json json, String property, Collection<TableName> names) {
        json.objects(property, names, NameJson::content);
    }

    private static void content(Json json, TableName name) {
        json.text("schema", name.schema().name()).text("name", name.name().name());
    }

    static Optional<String> plain(Optional<Identifier> name) {
        return name.map(Identifier::name);
    }

    static TableName read(JsonNode node) {
        return TableName.of(
                node.required("schema").asString(), node.required("name").asString());
    }
}
