/** What the documentation says, held against the code: pages, links, names, and everything that a reader may copy. */
@NullMarked
package dev.partita.cases.docs;

import org.jspecify.annotations.NullMarked;
