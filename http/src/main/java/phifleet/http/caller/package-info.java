/** Who asks: keys, their names, and what each may take. */
@NullMarked
package phifleet.http.caller;

import org.jspecify.annotations.NullMarked;
