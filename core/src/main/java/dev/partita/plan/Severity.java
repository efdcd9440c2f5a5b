package dev.partita.plan;

/** How much a finding matters. */
public enum Severity {
    /** Explains what would otherwise surprise; never pages anybody. */
    INFO,
    /** Works for now; repeats until a person acts. */
    WARNING,
    /** Something that is wanted cannot be done; the exit code says so. */
    ERROR
}
