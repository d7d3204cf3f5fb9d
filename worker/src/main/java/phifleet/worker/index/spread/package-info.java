/** One index out of the parts that the workers of a small fleet keep: each picture with one of them, and all of them asked. */
@NullMarked
package phifleet.worker.index.spread;

import org.jspecify.annotations.NullMarked;
