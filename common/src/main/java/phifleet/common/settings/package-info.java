/** Settings from one YAML file and the environment, all mistakes reported at once. */
@NullMarked
package phifleet.common.settings;

import org.jspecify.annotations.NullMarked;
