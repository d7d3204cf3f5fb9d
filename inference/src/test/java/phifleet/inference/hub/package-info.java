/** Folders as they are published. */
@NullMarked
package phifleet.inference.hub;

import org.jspecify.annotations.NullMarked;
