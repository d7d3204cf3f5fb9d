/** Models that run in this process: what is served, and the look-up of it. The rooms below know how. */
@NullMarked
package phifleet.inference;

import org.jspecify.annotations.NullMarked;
