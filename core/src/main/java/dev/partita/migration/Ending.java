package dev.partita.migration;

import dev.partita.problem.Problem;
import java.util.Optional;

/**
 * Why a migration's process has come to rest.
 *
 * @param phase where the migration is
 * @param why as a sentence without a full stop
 * @param problem what a person has to look at, if anything
 */
public record Ending(Phase phase, String why, Optional<Problem> problem) {}
