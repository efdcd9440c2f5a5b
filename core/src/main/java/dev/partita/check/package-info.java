/**
 * Whether partitioned tables are well: how long rows have somewhere to go, what leaked into DEFAULT, gaps, skew, drift. Facts go in,
 * findings come out; nothing is repaired. {@link dev.partita.check.Check} is the way in, {@link dev.partita.check.CheckReader} the
 * hands.
 */
@NullMarked
package dev.partita.check;

import org.jspecify.annotations.NullMarked;
