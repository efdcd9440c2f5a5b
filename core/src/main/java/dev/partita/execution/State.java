package dev.partita.execution;

import dev.partita.catalog.Fingerprint;
import dev.partita.step.Step;

/**
 * A state of a table, to be compared with the same look at it later.
 *
 * @param oid the table's identity, 0 if it does not exist
 * @param look how it was looked at
 * @param digest what was seen
 */
record State(long oid, Look look, String digest) {

    /** How closely one looks. */
    enum Look {

        /** At everything that a plan rests on: the plan's own look. */
        FINGERPRINT,

        /** At what new partitions take over: a sixth of the cost, and enough between two of them in one run. */
        STAMP;

        /** What has to be known between two steps. */
        static Look between(Step step, Step next) {
            return step.repeatable() && next.repeatable() ? STAMP : FINGERPRINT;
        }
    }

    /** What a plan was made for. */
    static State planned(long oid, Fingerprint fingerprint) {
        return new State(oid, Look.FINGERPRINT, fingerprint.digest());
    }

    static State absent() {
        return planned(0, Fingerprint.ABSENT);
    }

    boolean isAbsent() {
        return digest.equals(Fingerprint.ABSENT.digest());
    }
}
