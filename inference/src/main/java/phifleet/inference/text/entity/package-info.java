/** Names and other spans that a model finds in a text: by labels of its tokens, or by labels that a request brings. */
@NullMarked
package phifleet.inference.text.entity;

import org.jspecify.annotations.NullMarked;
