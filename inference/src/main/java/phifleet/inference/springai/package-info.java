/** Models of this process as Spring AI's own. Needs {@code spring-ai-model} on the class path, which this library does not bring. */
@NullMarked
package phifleet.inference.springai;

import org.jspecify.annotations.NullMarked;
