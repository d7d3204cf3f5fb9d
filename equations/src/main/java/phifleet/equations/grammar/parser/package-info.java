/**
 * From tokens to a tree with places, by recursive descent: {@code Relations} over {@code Grammar} over {@code Atoms}, each form with
 * a grammar of its own in a class beside them, all at one {@link phifleet.equations.grammar.parser.Cursor}. They call each
 * other in circles, as what they read does, so this room has no rooms.
 */
@NullMarked
package phifleet.equations.grammar.parser;

import org.jspecify.annotations.NullMarked;
