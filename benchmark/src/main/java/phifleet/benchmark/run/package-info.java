/** Scenarios run against targets: in which order, what is measured, what is kept. */
@NullMarked
package phifleet.benchmark.run;

import org.jspecify.annotations.NullMarked;
