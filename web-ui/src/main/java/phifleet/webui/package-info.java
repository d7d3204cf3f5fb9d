/** The web page and the look-up of its files, for any server. */
@NullMarked
package phifleet.webui;

import org.jspecify.annotations.NullMarked;
