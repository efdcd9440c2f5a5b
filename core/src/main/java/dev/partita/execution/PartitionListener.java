package dev.partita.execution;

import java.util.Optional;

/**
 * Is asked before something happens to a partition, and told afterwards: to publish an event, to check a legal rule, to refuse
 * that something is retired.
 *
 * <p>Each of the two is called once for what becomes of a partition in a run ({@link Change}), however many steps it takes. No
 * transaction is open and no lock is held meanwhile. Calls come from threads of their own, with several connections at the same
 * time, and have a bounded time, after which the thread is interrupted and not waited for.
 */
public interface PartitionListener {

    /**
     * Asks before the first step.
     *
     * <p>What takes rows out or removes them needs an answer: an exception, or none in time, counts as a veto. Making a partition
     * does not wait for anybody else: there an exception, or none in time, counts as consent, and raises an alarm. A veto leaves
     * this partition as it is; what is done to others goes on.
     *
     * @param change what is about to happen
     * @return empty to agree; otherwise why it must not happen, a sentence for people
     */
    default Optional<String> before(Change change) throws Exception {
        return Optional.empty();
    }

    /**
     * Tells after the last step, or after the first that was not done. Whatever goes wrong here is logged and changes nothing.
     *
     * @param change what was to happen
     * @param outcome what became of it; of a veto, too
     */
    default void after(Change change, Outcome outcome) throws Exception {}
}
