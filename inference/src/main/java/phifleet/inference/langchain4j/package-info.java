/** Models of this process as LangChain4j's own. Needs {@code langchain4j-core} on the class path, which this library does not bring. */
@NullMarked
package phifleet.inference.langchain4j;

import org.jspecify.annotations.NullMarked;
