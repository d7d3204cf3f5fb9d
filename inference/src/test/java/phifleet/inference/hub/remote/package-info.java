@NullMarked
package phifleet.inference.hub.remote;

import org.jspecify.annotations.NullMarked;
