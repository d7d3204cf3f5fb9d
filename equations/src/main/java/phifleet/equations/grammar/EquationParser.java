package phifleet.equations.grammar;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import phifleet.equations.ast.SourceMap;
import phifleet.equations.ast.Statement;
import phifleet.equations.budget.Budget;
import phifleet.equations.grammar.name.Identifiers;
import phifleet.equations.grammar.name.LineBreaks;
import phifleet.equations.grammar.name.NumberSets;
import phifleet.equations.grammar.name.PercentNames;
import phifleet.equations.grammar.name.RandomQuantities;
import phifleet.equations.grammar.name.SideConditions;
import phifleet.equations.grammar.name.SpokenSigns;
import phifleet.equations.grammar.name.StandardStates;
import phifleet.equations.grammar.name.TensorIndices;
import phifleet.equations.grammar.name.VectorLetters;
import phifleet.equations.grammar.parser.BraKets;
import phifleet.equations.grammar.parser.Conjugates;
import phifleet.equations.grammar.parser.Cursor;
import phifleet.equations.grammar.parser.Primes;
import phifleet.equations.grammar.parser.Relations;
import phifleet.equations.grammar.quantity.LevelUnits;
import phifleet.equations.grammar.quantity.TrailingUnits;
import phifleet.equations.grammar.quantity.UnitNotes;
import phifleet.equations.grammar.quantity.UnitRules;
import phifleet.equations.grammar.token.Commas;
import phifleet.equations.grammar.token.Lexer;
import phifleet.equations.grammar.token.Notes;
import phifleet.equations.grammar.token.NuclearReader;
import phifleet.equations.grammar.token.ReactionReader;
import phifleet.equations.grammar.token.ScientificNotation;
import phifleet.equations.grammar.token.Substances;
import phifleet.equations.grammar.token.SyntaxException;
import phifleet.equations.grammar.token.SyntaxProblem;
import phifleet.equations.grammar.token.SyntaxProblem.Code;
import phifleet.equations.grammar.token.Token;

/** Reads an equation. Pure: the same text and options give the same result; safe for any thread. */
public final class EquationParser {
    /** UTF-16 units of a text, at most. */
    public static final int MAX_LENGTH = 4_000;

    private EquationParser() {}

    /** As {@link #parse(String, ParseOptions, Budget)} without a deadline: what is read in one go costs some milliseconds. */
    public static ParseResult parse(String source, ParseOptions options) {
        return parse(source, options, Budget.ofSteps(Long.MAX_VALUE / 2));
    }

    /**
     * Reads {@code source}; never throws for its sake.
     *
     * @throws Budget.Spent where the budget is spent before it is read
     */
    public static ParseResult parse(String source, ParseOptions options, Budget budget) {
        if (source.length() > MAX_LENGTH) {
            String message = "The equation has " + source.length() + " characters, at most " + MAX_LENGTH + ".";
            return new ParseResult.Rejected(SyntaxProblem.at(
                    source, Code.TOO_LONG, message, MAX_LENGTH, source.length() - MAX_LENGTH, List.of()));
        }
        if (source.isBlank()) {
            return new ParseResult.Rejected(
                    SyntaxProblem.at(source, Code.EMPTY, "There is no equation.", 0, 0, List.of("equation")));
        }
        try {
            return read(source, options, budget);
        } catch (SyntaxException e) {
            return new ParseResult.Rejected(e.problem());
        }
    }

    private static ParseResult read(String source, ParseOptions options, Budget budget) {
        Format format = spelling(source, options.format());
        Optional<Statement.Reaction> reaction = NuclearReader.read(source).or(() -> ReactionReader.read(source));
        if (reaction.isPresent()) {
            return new ParseResult.Parsed(
                    reaction.get(), new SourceMap(), List.of(), format, Set.of(), List.of(), false);
        }
        Notes notes = new Notes(options.otherwise());
        boolean latex = format == Format.LATEX;
        List<Token> lexed = Lexer.tokens(source, latex, Commas.of(source, latex, notes), budget);
        List<Token> raw = Substances.marked(PercentNames.read(lexed, notes));
        SideConditions conditions = SideConditions.taken(source, NumberSets.joined(SpokenSigns.written(raw)), notes);
        List<Token> parted = LineBreaks.parted(source, conditions.tokens());
        List<Token> cut = TensorIndices.marked(BraKets.angled(parted), notes);
        List<Token> chances = RandomQuantities.marked(cut, options.declared());
        List<Token> states = StandardStates.marked(chances, notes);
        List<Token> numbers = ScientificNotation.joined(source, states, notes);
        List<Token> bare = UnitNotes.dropped(numbers, rules(options), notes, budget);
        List<Token> levels = LevelUnits.marked(bare, rules(options));
        List<Token> units = TrailingUnits.mark(levels, latex, rules(options), notes, budget);
        List<Token> words = Identifiers.resolve(source, units, latex, options.declared(), notes, budget);
        List<Token> arrows = VectorLetters.mark(words, notes);
        Cursor cursor = new Cursor(source, latex, arrows, notes, budget);
        Statement statement = Conjugates.read(Primes.ofBrackets(new Relations(cursor).read()));
        return new ParseResult.Parsed(
                statement,
                cursor.places,
                notes.warnings(),
                format,
                notes.ambiguities(),
                conditions.assumptions(),
                conditions.forAll());
    }

    private static UnitRules rules(ParseOptions options) {
        return new UnitRules(options.isUnit(), options.declared(), options.units() == ParseOptions.Units.CLEAR);
    }

    private static Format spelling(String source, Format asked) {
        if (asked != Format.AUTO) {
            return asked;
        }
        if (Lexer.looksLikeLatex(source)) {
            return Format.LATEX;
        }
        return source.chars().allMatch(c -> c < 128) ? Format.ASCII : Format.UNICODE;
    }
}
