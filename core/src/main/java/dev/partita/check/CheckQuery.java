package dev.partita.check;

import dev.partita.sql.Identifier;
import dev.partita.sql.Literal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** The questions of a check, each a file that can be pasted into psql. None waits for a lock on a partition. */
enum CheckQuery {
    SERVER,
    HOLDERS,
    RELATIONS,
    READABLE,
    DETAILS,
    GRANTS,
    POLICIES,
    UNFINISHED,
    INDEXES,
    CONSTRAINTS,
    TARGETS,
    COMMENTS,
    PUBLICATIONS,
    INSERTS,
    ROLE;

    private static final String TABLES = ":'tables'";
    private static final String ROLE_NAME = ":'role'";

    private final String text;

    CheckQuery() {
        String file = name().toLowerCase(Locale.ROOT) + ".sql";
        try (InputStream resource = CheckQuery.class.getResourceAsStream(file)) {
            if (resource == null) {
                throw new IllegalStateException("not on the class path: " + file);
            }
            this.text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The query as it stands. */
    String sql() {
        return text;
    }

    /** The query about relations of this identity. */
    String about(Collection<Long> oids) {
        String array = oids.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
        return text.replace(TABLES, new Literal(array).sql());
    }

    /** The query about relations of this identity and a role. */
    String about(Collection<Long> oids, Identifier role) {
        return about(oids).replace(ROLE_NAME, new Literal(role.name()).sql());
    }
}
