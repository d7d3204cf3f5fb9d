/** What a model is: pure types and the catalogue. No HTTP, no engine, no queue. */
@NullMarked
package phifleet.inference.model;

import org.jspecify.annotations.NullMarked;
