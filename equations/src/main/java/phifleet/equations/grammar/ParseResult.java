package phifleet.equations.grammar;

import java.util.List;
import java.util.Set;
import phifleet.equations.ast.SourceMap;
import phifleet.equations.ast.Statement;
import phifleet.equations.grammar.token.Ambiguity;
import phifleet.equations.grammar.token.SyntaxProblem;
import phifleet.equations.grammar.token.Warning;

/** What became of a text. */
public sealed interface ParseResult {

    /**
     * It was understood.
     *
     * @param format how it was spelled, never {@link Format#AUTO}
     * @param ambiguities where another reading is near; see {@link ParseOptions#otherwise}
     * @param assumptions what the text says of its symbols beside the statement: {@code x real}, {@code n integer}, {@code a > 0}
     * @param forAll whether the statement is made for all values: {@code ∀x: …}
     */
    record Parsed(
            Statement statement,
            SourceMap places,
            List<Warning> warnings,
            Format format,
            Set<Ambiguity> ambiguities,
            List<String> assumptions,
            boolean forAll)
            implements ParseResult {
        public Parsed {
            warnings = List.copyOf(warnings);
            ambiguities = Set.copyOf(ambiguities);
            assumptions = List.copyOf(assumptions);
        }
    }

    /** It was not. */
    record Rejected(SyntaxProblem problem) implements ParseResult {}
}
