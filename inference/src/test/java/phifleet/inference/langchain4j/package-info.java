/** Tests. */
@NullMarked
package phifleet.inference.langchain4j;

import org.jspecify.annotations.NullMarked;
