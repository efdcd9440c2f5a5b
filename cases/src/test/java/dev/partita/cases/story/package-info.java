/**
 * The golden stories: one text file each under {@code cases/}, told to a real server and compared word for word.
 *
 * <p>{@code Story} is the file, {@code Telling} tells it once to one major, {@code Proofs} holds what has to be true for every
 * story, {@code PlanText} and {@code CatalogText} are the two canonical texts. {@code -Dpartita.cases.rewrite=true} writes
 * what was seen into the files, for a reviewer to read the difference.
 */
@NullMarked
package dev.partita.cases.story;

import org.jspecify.annotations.NullMarked;
