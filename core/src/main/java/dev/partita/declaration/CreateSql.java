package dev.partita.declaration;

/**
 * The user's own {@code CREATE TABLE}, without {@code PARTITION BY}: the one place where a declaration holds SQL.
 *
 * <p>It is run as it stands, with {@code PARTITION BY} behind it, by the role that owns the table and with no more rights.
 *
 * @param sql a single statement, without its semicolon
 */
public record CreateSql(String sql) {

    public CreateSql {
        sql = SingleStatement.of(sql);
    }
}
