/** Where ingested images live: each once, whatever it was called and however often it came. No HTTP, no engine. */
@NullMarked
package phifleet.worker.index;

import org.jspecify.annotations.NullMarked;
