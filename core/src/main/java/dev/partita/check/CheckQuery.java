package dev.partita.check;

import dev.partita.sql.Identifier;
import dev.partita.sql.Literal;
import dev.partita.sql.Template;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** The questions of a check, each a file that can be pasted into psql. None waits for a lock on a partition. */
enum CheckQuery {
    SERVER,
    HOLDERS,
    RELATIONS,
    READABLE,
    INSERTS,
    ROLE,
    OFFSETS;

    private final Template text;

    CheckQuery() {
        this.text = Template.beside(CheckQuery.class, name().toLowerCase(Locale.ROOT) + ".sql");
    }

    /** The query as it stands. */
    String sql() {
        return text.filled();
    }

    /** The query about relations of this identity. */
    String about(Collection<Long> oids) {
        return text.filled(Map.of("tables", Literal.array(oids)));
    }

    /** The query about relations of this identity and a role. */
    String about(Collection<Long> oids, Identifier role) {
        return text.filled(Map.of("tables", Literal.array(oids), "role", new Literal(role.name())));
    }

    /** The query about a zone's clocks at these instants. */
    String about(ZoneId zone, Collection<Long> epochSeconds) {
        return text.filled(Map.of("instants", Literal.array(epochSeconds), "zone", new Literal(zone.getId())));
    }
}
