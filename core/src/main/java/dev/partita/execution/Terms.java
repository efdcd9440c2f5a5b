package dev.partita.execution;

import dev.partita.plan.Plan;

/**
 * On what terms all tables of a run are worked on.
 *
 * @param plan what is run
 * @param patience how long to wait for locks
 * @param fence says in each transaction whether we still may write
 * @param listener follows the run
 * @param scribe writes the journal, where there is one
 * @param listeners are asked and told
 * @param inFlight what can be stopped
 */
record Terms(
        Plan plan,
        Patience patience,
        Fence fence,
        RunListener listener,
        Scribe scribe,
        Listeners listeners,
        InFlight inFlight) {}
