/**
 * Plans, runs and tables as text for people, and plans as scripts. Pure: values go in, text comes out; nothing is asked and
 * nothing is decided here. Whatever comes from the database or from a file passes {@link dev.partita.report.Visible} before
 * it is printed.
 */
@NullMarked
package dev.partita.report;

import org.jspecify.annotations.NullMarked;
