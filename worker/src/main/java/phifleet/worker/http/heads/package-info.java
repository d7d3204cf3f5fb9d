/** Text models with heads: rerank, classify, sparse vectors, each in the dialects that have it. */
@NullMarked
package phifleet.worker.http.heads;

import org.jspecify.annotations.NullMarked;
