@NullMarked
package phifleet.inference.hub.torch;

import org.jspecify.annotations.NullMarked;
