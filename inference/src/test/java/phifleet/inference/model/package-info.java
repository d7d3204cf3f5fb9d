/** Tests. */
@NullMarked
package phifleet.inference.model;

import org.jspecify.annotations.NullMarked;
