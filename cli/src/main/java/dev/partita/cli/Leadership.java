package dev.partita.cli;

import dev.partita.Partita;
import dev.partita.execution.Fence;
import dev.partita.execution.Lease;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The right to change something for the length of a command: the lease where the state schema is installed. Without it every
 * step's own lock has to do, and where the schema cannot be used creation goes on all the same, and says so.
 */
final class Leadership implements AutoCloseable {

    private final Session session;
    private final Optional<Lease> lease;

    private Leadership(Session session, Optional<Lease> lease) {
        this.session = session;
        this.lease = lease;
    }

    /**
     * Takes the lease if there is one to take.
     *
     * @param alarm hears why the state schema cannot be used
     * @throws PartitaException LEASE_TAKEN if somebody else is at work
     */
    static Leadership take(Session session, Partita partita, Consumer<Problem> alarm) {
        String holder = "partita apply by " + session.connected().role() + ", process "
                + ProcessHandle.current().pid();
        try {
            return new Leadership(session, session.ask(() -> partita.takeLease(holder)));
        } catch (PartitaException e) {
            if (e.problems().get(0).code() != ProblemCode.STATE_SCHEMA_UNFIT) {
                throw e;
            }
            e.problems().forEach(alarm);
            return new Leadership(session, Optional.empty());
        }
    }

    Fence fence() {
        return lease.map(Fence.class::cast).orElse(Fence.NONE);
    }

    @Override
    public void close() {
        lease.ifPresent(held -> session.ask(() -> {
            held.close();
            return held;
        }));
    }
}
