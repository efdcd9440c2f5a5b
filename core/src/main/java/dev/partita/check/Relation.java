package dev.partita.check;

/**
 * What the catalog does not tell elsewhere about a table, a branch or a leaf.
 *
 * @param indexes how many it has
 * @param estimatedRows by the last ANALYZE of itself; of a divided table what the planner believes of the whole; negative when never
 */
record Relation(int indexes, double estimatedRows) {}
