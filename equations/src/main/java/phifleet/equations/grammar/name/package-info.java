/**
 * From tokens to tokens: which runs of letters are one name and which are products, and what indices, arrows, states and
 * random quantities are. Each stage takes the whole list and gives a new one. Knows {@code token} alone.
 */
@NullMarked
package phifleet.equations.grammar.name;

import org.jspecify.annotations.NullMarked;
