/**
 * Models of texts in any Java program, without a server: a folder or a name becomes a model that is asked by plain lists. They load, batch
 * and share the device as a worker's do.
 */
@NullMarked
package phifleet.inference.local;

import org.jspecify.annotations.NullMarked;
