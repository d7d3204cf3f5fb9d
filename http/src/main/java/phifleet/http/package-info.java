/**
 * The edge of a program: everything between a socket and the work, for worker and gateway alike. A program adds its routes.
 */
@NullMarked
package phifleet.http;

import org.jspecify.annotations.NullMarked;
