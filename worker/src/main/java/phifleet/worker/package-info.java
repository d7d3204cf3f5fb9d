/** The worker process: its main, its settings and the wiring by hand. */
@NullMarked
package phifleet.worker;

import org.jspecify.annotations.NullMarked;
