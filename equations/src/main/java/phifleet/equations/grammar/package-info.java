/**
 * From text to tree: ASCII, Unicode and LaTeX, one grammar.
 *
 * <p>{@link phifleet.equations.grammar.EquationParser} is the only entrance. Inside, a {@code Lexer} cuts the text,
 * {@code Identifiers} decides which runs of letters are one name and which are products, and a parser by recursive descent builds the tree. What
 * is not understood is a {@link phifleet.equations.grammar.SyntaxProblem} with its place, never a guess; what is
 * understood by convention alone is a {@link phifleet.equations.grammar.Warning}.
 */
@NullMarked
package phifleet.equations.grammar;

import org.jspecify.annotations.NullMarked;
