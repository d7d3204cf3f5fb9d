/** Tables that are text files of the class path: what they hold is data, and one more is a row. */
@NullMarked
package phifleet.equations.table;

import org.jspecify.annotations.NullMarked;
