package dev.partita.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LockTest {

    @ParameterizedTest
    @CsvSource({
        "ACCESS_SHARE,           ACCESS SHARE,           AccessShareLock,          false, false",
        "ROW_SHARE,              ROW SHARE,              RowShareLock,             false, false",
        "ROW_EXCLUSIVE,          ROW EXCLUSIVE,          RowExclusiveLock,         false, false",
        "SHARE_UPDATE_EXCLUSIVE, SHARE UPDATE EXCLUSIVE, ShareUpdateExclusiveLock, false, false",
        "SHARE,                  SHARE,                  ShareLock,                false, true",
        "SHARE_ROW_EXCLUSIVE,    SHARE ROW EXCLUSIVE,    ShareRowExclusiveLock,    false, true",
        "EXCLUSIVE,              EXCLUSIVE,              ExclusiveLock,            false, true",
        "ACCESS_EXCLUSIVE,       ACCESS EXCLUSIVE,       AccessExclusiveLock,      true,  true",
    })
    void isCalledAsPostgresCallsItAndBlocksWhatPostgresSays(
            Lock lock, String sql, String catalogName, boolean blocksReads, boolean blocksWrites) {
        assertThat(lock.sql()).isEqualTo(sql);
        assertThat(lock.catalogName()).isEqualTo(catalogName);
        assertThat(lock.blocksReads()).isEqualTo(blocksReads);
        assertThat(lock.blocksWrites()).isEqualTo(blocksWrites);
    }
}
