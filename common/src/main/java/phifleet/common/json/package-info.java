/** Words for what is wrong with JSON and YAML. */
@NullMarked
package phifleet.common.json;

import org.jspecify.annotations.NullMarked;
