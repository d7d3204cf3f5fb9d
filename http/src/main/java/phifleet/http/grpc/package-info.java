/** Calls of gRPC over the same edge: their frames, messages, streams and turns. */
@NullMarked
package phifleet.http.grpc;

import org.jspecify.annotations.NullMarked;
