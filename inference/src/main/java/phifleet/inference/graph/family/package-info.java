/** Architectures, one class a family, and the layers that several of them have. */
@NullMarked
package phifleet.inference.graph.family;

import org.jspecify.annotations.NullMarked;
