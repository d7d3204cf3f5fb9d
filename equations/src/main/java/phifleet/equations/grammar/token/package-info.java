/**
 * From characters to tokens, and the words of which all rooms of the grammar know: Greek letters, functions, commands.
 *
 * <p>{@link phifleet.equations.grammar.token.Lexer} is the way in. Runs of Latin letters stay uncut here, and a number does
 * not know its unit. What cannot be read is a {@link phifleet.equations.grammar.token.SyntaxProblem} with its place; what
 * is read by convention alone is kept in {@link phifleet.equations.grammar.token.Notes}. Knows no other room.
 */
@NullMarked
package phifleet.equations.grammar.token;

import org.jspecify.annotations.NullMarked;
