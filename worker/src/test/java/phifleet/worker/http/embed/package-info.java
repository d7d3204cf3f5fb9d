/** Benchmarks of this room. */
package phifleet.worker.http.embed;
