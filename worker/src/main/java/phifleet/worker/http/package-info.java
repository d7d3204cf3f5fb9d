/** Routes and dialects: JSON in, JSON out, status codes. No engine. */
@NullMarked
package phifleet.worker.http;

import org.jspecify.annotations.NullMarked;
