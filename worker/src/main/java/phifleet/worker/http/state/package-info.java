/** What every room knows of the worker that it answers for. */
@NullMarked
package phifleet.worker.http.state;

import org.jspecify.annotations.NullMarked;
