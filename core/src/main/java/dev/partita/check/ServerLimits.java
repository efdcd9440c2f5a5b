package dev.partita.check;

/**
 * What the server was started with.
 *
 * @param locksPerTransaction {@code max_locks_per_transaction}
 * @param transactions how many there may be, prepared ones included
 * @param blockSize bytes of a page
 * @param tables all of the database, which pg_dump locks in one transaction
 */
record ServerLimits(long locksPerTransaction, long transactions, long blockSize, long tables) {

    /** What the table of locks holds at least. */
    long locks() {
        return locksPerTransaction * transactions;
    }
}
