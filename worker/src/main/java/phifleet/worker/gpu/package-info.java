/** What nvidia-smi knows of the accelerators. */
@NullMarked
package phifleet.worker.gpu;

import org.jspecify.annotations.NullMarked;
