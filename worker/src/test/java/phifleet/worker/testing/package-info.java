/** What tests of several packages share. */
@NullMarked
package phifleet.worker.testing;

import org.jspecify.annotations.NullMarked;
