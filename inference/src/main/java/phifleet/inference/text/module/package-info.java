/** What is computed behind a network: the modules that follow a pooling, a vector for each token, sparse weights; no engine. */
@NullMarked
package phifleet.inference.text.module;

import org.jspecify.annotations.NullMarked;
