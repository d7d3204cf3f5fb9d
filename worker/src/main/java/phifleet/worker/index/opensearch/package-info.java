/** The index in OpenSearch, which many workers share: once-only by its own means, with bounded patience. Over HTTP, by the JDK's client. */
@NullMarked
package phifleet.worker.index.opensearch;

import org.jspecify.annotations.NullMarked;
