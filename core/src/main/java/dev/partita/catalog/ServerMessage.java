package dev.partita.catalog;

import java.sql.SQLException;
import java.util.regex.Pattern;

/** What the server says about a failure, as a clause. */
public final class ServerMessage {

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String QUERY_CANCELED = "57014";
    private static final Pattern IN_OUR_SQL =
            Pattern.compile("\n  Position: \\d+|\n  Where: PL/pgSQL function inline_code_block line \\d+ at RAISE");

    private ServerMessage() {}

    public static boolean lockNotAvailable(SQLException e) {
        return LOCK_NOT_AVAILABLE.equals(e.getSQLState());
    }

    /** Whether the server cannot be reached, is going down or coming up, or takes no more connections just now. */
    public static boolean unreachable(SQLException e) {
        String state = e.getSQLState();
        return state == null || state.startsWith("08") || state.startsWith("57P") || state.equals("53300");
    }

    static boolean tookTooLong(SQLException e) {
        return QUERY_CANCELED.equals(e.getSQLState());
    }

    /** The message without what the driver puts around it: {@code ERROR:} and a place in our own SQL. */
    public static String of(SQLException e) {
        String message = String.valueOf(e.getMessage());
        return IN_OUR_SQL
                .matcher(message.startsWith("ERROR: ") ? message.substring("ERROR: ".length()) : message)
                .replaceAll("");
    }
}
