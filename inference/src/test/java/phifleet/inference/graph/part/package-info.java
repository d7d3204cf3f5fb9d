/** Tests. */
@NullMarked
package phifleet.inference.graph.part;

import org.jspecify.annotations.NullMarked;
