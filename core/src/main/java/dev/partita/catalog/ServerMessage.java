package dev.partita.catalog;

import java.sql.SQLException;

/** What the server says about a failure, as a clause. */
public final class ServerMessage {

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String QUERY_CANCELED = "57014";

    private ServerMessage() {}

    public static boolean lockNotAvailable(SQLException e) {
        return LOCK_NOT_AVAILABLE.equals(e.getSQLState());
    }

    static boolean tookTooLong(SQLException e) {
        return QUERY_CANCELED.equals(e.getSQLState());
    }

    /** The message without the driver's {@code ERROR:} before it. */
    public static String of(SQLException e) {
        String message = String.valueOf(e.getMessage());
        return message.startsWith("ERROR: ") ? message.substring("ERROR: ".length()) : message;
    }
}
