/** Folders of models as they are published: what their files say, to the letter. */
@NullMarked
package phifleet.inference.hub;

import org.jspecify.annotations.NullMarked;
