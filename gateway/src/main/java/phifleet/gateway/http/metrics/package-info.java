/** The gateway's own counts, for Prometheus and the page. */
@NullMarked
package phifleet.gateway.http.metrics;

import org.jspecify.annotations.NullMarked;
