/** The Hub that models are published on, and the cache that its own tools keep on a machine. */
@NullMarked
package phifleet.inference.hub.remote;

import org.jspecify.annotations.NullMarked;
