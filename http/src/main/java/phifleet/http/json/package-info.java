/** JSON read and written front to back, without trees. */
@NullMarked
package phifleet.http.json;

import org.jspecify.annotations.NullMarked;
