/** What an architecture is, whichever. */
@NullMarked
package phifleet.inference.graph.family;

import org.jspecify.annotations.NullMarked;
