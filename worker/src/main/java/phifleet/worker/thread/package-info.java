/** What the system's scheduler is told of a worker's threads. */
@NullMarked
package phifleet.worker.thread;

import org.jspecify.annotations.NullMarked;
