/** What is made once, kept in the cache folder and believed only after a look. */
@NullMarked
package phifleet.inference.engine.cache;

import org.jspecify.annotations.NullMarked;
