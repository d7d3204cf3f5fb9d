package phifleet.inference.serving;

import phifleet.inference.lane.BatchCost;
import phifleet.inference.lane.Examples;
import phifleet.inference.lane.KnownBatches;
import phifleet.inference.model.Padding;

/**
 * Which batches models of texts like on a CPU. It is the same for all of them, so that none is tried at a start: a machine that does
 * other things too had the same weights like 32 tokens or 512.
 *
 * <p>To start a batch is to read the weights once, which takes what some texts take, whatever the model's size: both grow with the
 * weights. So from 512 tokens on a larger batch brings little, and costs latency. The attention of one pair of tokens takes two
 * products of the hidden size, and the linear layers of a token, of the usual proportions, twelve of its square; the kernels of
 * attention are a little slower at it.
 */
final class CpuBatches {
    /** Usual texts in a batch: 512 tokens. */
    private static final int TEXTS = 16;

    /** By {@code scripts/bench libraries}: batches of 236 tokens cost 5 % more a token than those of 472. */
    private static final double FIXED = 28;

    /** Of pairs, times the hidden size; 1/6 by the products alone, 0.18 to 0.24 by probes of a small model. */
    private static final double PAIRS = 0.2;

    private CpuBatches() {}

    /**
     * Of one model. How long its work takes is not known before its first batch.
     *
     * @param width its hidden size, as far as that is known
     */
    static KnownBatches of(Examples<?> examples, Padding padding, int width) {
        return new KnownBatches(TEXTS * examples.usualUnits(), new BatchCost(FIXED, PAIRS / width, padding), 0, 0);
    }
}
