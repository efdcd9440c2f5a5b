package dev.partita.catalog;

import java.time.Instant;
import java.util.Optional;

/**
 * What partita remembers of its last run on a table.
 *
 * @param at when, by the clock of the database
 * @param rule what was kept by then, as people read it
 * @param doubt why nothing is retired by itself until a person has looked; empty when nothing is odd
 */
public record LastRun(Instant at, String rule, Optional<String> doubt) {}
