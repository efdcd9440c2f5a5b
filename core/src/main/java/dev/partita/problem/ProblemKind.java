package dev.partita.problem;

/** Who has to act on a problem; decides the exit code of a command. */
public enum ProblemKind {
    /** A table failed or a finding needs a decision. */
    NEEDS_A_PERSON(3),
    /** The declaration, an option or a saved plan is wrong. */
    CONFIGURATION(4),
    /** The database cannot be reached or refuses the login. */
    UNREACHABLE(5),
    /** Somebody else is at work under the lease. */
    LEASE_HELD(6),
    /** The command line itself cannot be understood. */
    USAGE(64);

    private final int exitCode;

    ProblemKind(int exitCode) {
        this.exitCode = exitCode;
    }

    /** The process exit code that this kind leads to, see {@code docs/reference/exit-codes.md}. */
    public int exitCode() {
        return exitCode;
    }
}
