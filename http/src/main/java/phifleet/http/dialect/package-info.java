/** How each dialect says no, and which path speaks which: pure, but for the headers of a response. */
@NullMarked
package phifleet.http.dialect;

import org.jspecify.annotations.NullMarked;
