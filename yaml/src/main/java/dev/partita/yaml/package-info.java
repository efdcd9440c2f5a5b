/**
 * Reads {@code partita.yml} and writes it. Knows where everything stands in the file; what it means is the business of {@code
 * dev.partita.declaration}.
 */
@NullMarked
package dev.partita.yaml;

import org.jspecify.annotations.NullMarked;
