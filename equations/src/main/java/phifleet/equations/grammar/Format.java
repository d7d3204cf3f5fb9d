package phifleet.equations.grammar;

/** How an equation is spelled. */
public enum Format {
    /** Told by looking: LaTeX where a backslash command occurs. */
    AUTO,
    ASCII,
    UNICODE,
    LATEX
}
