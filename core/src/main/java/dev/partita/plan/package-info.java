/**
 * What has to happen: declarations, catalog and an instant go in, a plan comes out. Pure: no connection, no clock, no file.
 *
 * <p>{@link dev.partita.plan.Planner} is the way in. Per table a {@code Draft} says what is missing, one class per method of
 * partitioning knows how to find that out, and {@code TableSteps} turns it into steps with the answers at hand.
 */
@NullMarked
package dev.partita.plan;

import org.jspecify.annotations.NullMarked;
