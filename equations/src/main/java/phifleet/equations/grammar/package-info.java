/**
 * From text to tree: ASCII, Unicode and LaTeX, one grammar.
 *
 * <p>{@link phifleet.equations.grammar.EquationParser} is the only entrance and names the stages in their order; they live in
 * the rooms {@code token} (characters to tokens), {@code name} and {@code quantity} (which letters are one symbol, which are a unit)
 * and {@code parser} (tokens to a tree). What is not understood is a
 * {@link phifleet.equations.grammar.token.SyntaxProblem} with its place, never a guess; what is understood by convention
 * alone is a {@link phifleet.equations.grammar.token.Warning}.
 */
@NullMarked
package phifleet.equations.grammar;

import org.jspecify.annotations.NullMarked;
