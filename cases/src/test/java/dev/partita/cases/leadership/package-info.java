/** Who may change partitions: leases, zombies, several runners at once, poolers and standbys. */
@NullMarked
package dev.partita.cases.leadership;

import org.jspecify.annotations.NullMarked;
