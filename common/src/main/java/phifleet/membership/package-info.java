/** Who is in the fleet: announce, watch, leave. The only package that knows Hazelcast. */
@NullMarked
package phifleet.membership;

import org.jspecify.annotations.NullMarked;
