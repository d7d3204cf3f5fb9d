/** Load, checked answers and faults for anything that speaks HTTP. */
@NullMarked
package phifleet.benchmark;

import org.jspecify.annotations.NullMarked;
