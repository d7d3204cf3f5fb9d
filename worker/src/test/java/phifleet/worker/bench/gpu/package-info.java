/** What {@code scripts/gpu-check} runs: one short visit to a machine with a GPU, walked to its end on a CPU too. */
@NullMarked
package phifleet.worker.bench.gpu;

import org.jspecify.annotations.NullMarked;
