/** Live migrations on a real server, beside an application that goes on working. */
@NullMarked
package dev.partita.cases.migration;

import org.jspecify.annotations.NullMarked;
