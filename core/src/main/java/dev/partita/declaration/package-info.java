/**
 * What the user wants, as immutable values: tables, schemes, periods, names. The YAML file, the annotations and the builder
 * all end here. Knows no file format and no time of day.
 */
@NullMarked
package dev.partita.declaration;

import org.jspecify.annotations.NullMarked;
