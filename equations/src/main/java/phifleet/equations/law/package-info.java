/** Known laws as data: a table, and an index that recognises a law in any algebraic form and under other names, those of quantities in words included. */
@NullMarked
package phifleet.equations.law;

import org.jspecify.annotations.NullMarked;
