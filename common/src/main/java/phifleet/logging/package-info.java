/** What a program prints: set up once, by its settings. */
@NullMarked
package phifleet.logging;

import org.jspecify.annotations.NullMarked;
