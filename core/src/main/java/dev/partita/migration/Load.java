package dev.partita.migration;

import java.time.Duration;
import java.util.Optional;

/**
 * How burdened the server is at a moment, as far as it was looked at and the role can see it.
 *
 * @param user who looked
 * @param standbys how many there are
 * @param seenStandbys how many of them it can see
 * @param lag how far the slowest is behind; empty when none is
 * @param wal how many bytes of WAL were ever written
 * @param walDebt how many of them are more than a limit on average allows
 * @param walKept how many bytes the slowest replication slot keeps
 * @param endangered a replication slot that is about to be lost
 * @param active how many sessions of others work, as far as they were counted
 * @param hidden how many sessions it cannot see
 * @param answer of the user's query: whether to stand aside
 * @param disk how many bytes the new table and what is noted take, as far as they were counted
 * @param log how many of them are what is noted
 */
record Load(
        String user,
        long standbys,
        long seenStandbys,
        Optional<Duration> lag,
        long wal,
        long walDebt,
        long walKept,
        Optional<String> endangered,
        long active,
        long hidden,
        boolean answer,
        long disk,
        long log) {

    Load withDebt(long debt) {
        return new Load(
                user, standbys, seenStandbys, lag, wal, debt, walKept, endangered, active, hidden, answer, disk, log);
    }
}
