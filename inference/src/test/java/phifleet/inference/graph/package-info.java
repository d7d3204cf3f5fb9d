/** Tests. */
@NullMarked
package phifleet.inference.graph;

import org.jspecify.annotations.NullMarked;
