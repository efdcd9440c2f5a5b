/**
 * From what a database has to the declaration that leaves it as it is: the catalog goes in, declarations come out, with remarks
 * on what could not be taken over. Pure. {@link dev.partita.adoption.Adoption} is the way in.
 */
@NullMarked
package dev.partita.adoption;

import org.jspecify.annotations.NullMarked;
