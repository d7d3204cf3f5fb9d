/** Models that have texts and images in one space: two networks under one name. */
@NullMarked
package phifleet.inference.paired;

import org.jspecify.annotations.NullMarked;
