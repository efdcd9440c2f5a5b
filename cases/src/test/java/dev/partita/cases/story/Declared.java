package dev.partita.cases.story;

import dev.partita.declaration.*;
import dev.partita.sql.Identifier;
import java.time.*;
import java.util.*;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** INTERIM */
@SuppressWarnings("unchecked")
final class Declared {
    static Declarations in(String yaml) {
        Map<String, Object> doc =
                (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
        List<TableDeclaration> tables = new ArrayList<>();
        ((Map<String, Object>) doc.get("tables"))
                .forEach((name, v) -> tables.add(table(name, (Map<String, Object>) v)));
        return new Declarations(tables);
    }

    static TableDeclaration table(String name, Map<String, Object> m) {
        TableBuilder b = TableDeclaration.table(name);
        level(b, m);
        if (m.get("create") != null) b.create((String) m.get("create"));
        idx(m.get("indexes")).forEach(b::index);
        idx(m.get("leaf-indexes")).forEach(b::leafIndex);
        ((Map<String, Object>) m.getOrDefault("leaf", Map.of())).forEach((k, v) -> {
            if (k.equals("tablespace")) b.tablespace((String) v);
            else b.leaf(k, v);
        });
        if (m.get("keep") != null) b.keep((String) m.get("keep"));
        return b.build();
    }

    static List<IndexDeclaration> idx(Object o) {
        if (o == null) return List.of();
        return ((List<Object>) o)
                .stream()
                        .map(x -> {
                            if (x instanceof String s) return IndexDeclaration.on(s);
                            if (x instanceof List<?> l) return IndexDeclaration.on(l.toArray(String[]::new));
                            Map<String, Object> mm = (Map<String, Object>) x;
                            List<IndexDeclaration.Column> cols = ((List<Object>) mm.get("columns"))
                                    .stream()
                                            .map(c -> IndexDeclaration.Column.parse((String) c))
                                            .toList();
                            List<Identifier> inc = ((List<Object>) mm.getOrDefault("include", List.of()))
                                    .stream()
                                            .map(c -> Identifier.parse((String) c))
                                            .toList();
                            return new IndexDeclaration(
                                    Optional.ofNullable((String) mm.get("name")).map(Identifier::parse),
                                    Boolean.TRUE.equals(mm.get("unique")),
                                    (String) mm.getOrDefault("method", "btree"),
                                    cols,
                                    inc);
                        })
                        .toList();
    }

    static <B extends LevelWords<B>> void level(B b, Map<String, Object> m) {
        m.forEach((k, v) -> {
            switch (k) {
                case "range", "list", "hash" -> {
                    if (b instanceof TableBuilder t) {
                        switch (k) {
                            case "range" -> t.range((String) v);
                            case "list" -> t.list((String) v);
                            default -> t.hash((String) v);
                        }
                    }
                }
                case "every" -> b.every(v.toString());
                case "zone" -> b.zone((String) v);
                case "anchor" -> b.anchor(v.toString());
                case "from" -> b.from(v.toString());
                case "ahead" -> b.ahead(v.toString());
                case "cursor" -> b.cursor((String) v);
                case "name" -> b.name((String) v);
                case "default" -> {
                    if (v instanceof Map<?, ?> d)
                        b.otherwise(DefaultPartition.parse((String) d.get("policy"), (String) d.get("name")));
                    else b.otherwise((String) v);
                }
                case "encoding" -> {
                    if (v instanceof Map<?, ?> s) {
                        Map<String, Object> f = (Map<String, Object>) s.get("snowflake");
                        b.encoding(new Encoding.Snowflake(Encoding.Snowflake.epoch((String) f.get("epoch")), (Integer)
                                f.getOrDefault("shift", 22)));
                    } else b.encoding((String) v);
                }
                case "partitions" -> {
                    if (v instanceof Map<?, ?> p)
                        ((Map<String, Object>) p).forEach((n, x) -> b.partition(n, ((List<Object>) x).toArray()));
                    else b.partitions(v.toString());
                }
                case "then-by" -> {
                    Map<String, Object> t = (Map<String, Object>) v;
                    Level l = t.containsKey("range")
                            ? Level.range((String) t.get("range"))
                            : t.containsKey("list")
                                    ? Level.list((String) t.get("list"))
                                    : Level.hash((String) t.get("hash"));
                    level(l, t);
                    b.thenBy(l);
                }
                default -> {}
            }
        });
    }
}
