package phifleet.equations.grammar;

import java.util.List;
import phifleet.equations.ast.SourceMap;
import phifleet.equations.ast.Statement;

/** What became of a text. */
public sealed interface ParseResult {

    /**
     * It was understood.
     *
     * @param format how it was spelled, never {@link Format#AUTO}
     */
    record Parsed(Statement statement, SourceMap places, List<Warning> warnings, Format format) implements ParseResult {
        public Parsed {
            warnings = List.copyOf(warnings);
        }
    }

    /** It was not. */
    record Rejected(SyntaxProblem problem) implements ParseResult {}
}
