package dev.partita.test;

import java.sql.SQLException;

/** The database that every fresh one is a copy of, and the role that owns the tables there. */
final class DatabaseTemplate {

    static final String NAME = "shop_template";

    private static final String ROLE_AND_TEMPLATE = """
            CREATE ROLE shop_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
            CREATE DATABASE shop_template;
            """;

    /** The schema decoy holds what a session meets whose search_path has it before pg_catalog. */
    private static final String CONTENT = """
            REVOKE CREATE ON SCHEMA public FROM PUBLIC;
            GRANT USAGE, CREATE ON SCHEMA public TO shop_owner;

            CREATE SCHEMA decoy;
            GRANT USAGE ON SCHEMA decoy TO PUBLIC;
            CREATE VIEW decoy.pg_class AS SELECT * FROM pg_catalog.pg_class WHERE false;
            CREATE VIEW decoy.pg_inherits AS SELECT * FROM pg_catalog.pg_inherits WHERE false;
            CREATE VIEW decoy.pg_namespace AS SELECT * FROM pg_catalog.pg_namespace WHERE false;
            CREATE FUNCTION decoy.now() RETURNS timestamptz LANGUAGE sql STABLE AS $$ SELECT timestamptz '1999-12-31 23:59:59Z' $$;
            CREATE FUNCTION decoy.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$ SELECT timestamptz '1999-12-31 23:59:59Z' $$;
            GRANT SELECT ON ALL TABLES IN SCHEMA decoy TO PUBLIC;
            """;

    static final String SQL = ROLE_AND_TEMPLATE + CONTENT;

    private DatabaseTemplate() {}

    /** How a copy is made: as files where that can be chosen, which costs half of what copying page by page through the log does. */
    static String copyTo(String database, int major) {
        return "CREATE DATABASE " + database + " TEMPLATE " + NAME + (major < 15 ? "" : " STRATEGY FILE_COPY");
    }

    static void prepare(PostgresServer server) {
        try {
            try (Script maintenance = Script.asSuperuser(server, "postgres")) {
                maintenance.run(ROLE_AND_TEMPLATE);
            }
            try (Script template = Script.asSuperuser(server, NAME)) {
                template.run(CONTENT);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot prepare " + server, e);
        }
    }
}
