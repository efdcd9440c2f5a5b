package dev.partita.benchmarks;

/** Somebody who keeps a fleet of tables. */
interface Contender {

    /** Brings the tables to their first partitions, and everything that works once to working temperature. */
    void begin() throws Exception;

    /** Looks whether something is to be done, and does it. */
    void maintain() throws Exception;

    /** From now on wants so many more partitions ahead of each table; the next {@link #maintain()} makes them. */
    void want(int more) throws Exception;

    /** How many partitions there are in all, DEFAULT left out. */
    long partitions() throws Exception;
}
