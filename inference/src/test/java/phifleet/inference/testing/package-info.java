/** What tests of several packages share. */
@NullMarked
package phifleet.inference.testing;

import org.jspecify.annotations.NullMarked;
