package dev.partita.execution;

import dev.partita.plan.Plan;
import javax.sql.DataSource;

/** Runs plans. */
public final class PlanRunner {

    public PlanRunner(DataSource dataSource, Patience patience, RunListener listener) {}

    public Run run(Plan plan) {
        throw new UnsupportedOperationException();
    }

    /** Asks the run to end: the step in flight is rolled back or finishes within moments, no other begins. Any thread. */
    public void stop() {}
}
