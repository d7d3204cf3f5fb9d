/** What nvidia-smi knows of the accelerators. */
@NullMarked
package phifleet.inference.gpu;

import org.jspecify.annotations.NullMarked;
