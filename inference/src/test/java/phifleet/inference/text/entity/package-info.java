/** Tests. */
@NullMarked
package phifleet.inference.text.entity;

import org.jspecify.annotations.NullMarked;
