/** What partita costs, beside pg_partman on the same server in the same run; started by {@code benchmarks/run}. */
@NullMarked
package dev.partita.benchmarks;

import org.jspecify.annotations.NullMarked;
