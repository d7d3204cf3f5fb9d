/**
 * From a specification to a model that takes work: loaded, checked, measured and with its lane open. Whoever wants models without the
 * lanes' own terms starts in {@code phifleet.inference.local}.
 */
@NullMarked
package phifleet.inference.serving;

import org.jspecify.annotations.NullMarked;
