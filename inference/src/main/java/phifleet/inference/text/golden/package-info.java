/** Requests whose answers are known from another implementation, held against what a model gives. */
@NullMarked
package phifleet.inference.text.golden;

import org.jspecify.annotations.NullMarked;
