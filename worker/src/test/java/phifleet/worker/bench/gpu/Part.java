package phifleet.worker.bench.gpu;

import java.util.Locale;

/** What is asked of a GPU, in the order of its worth: a visit that is cut short has the first answers. */
enum Part {
    /** CUDA loads, and the embedded model gives its known vectors. */
    LOAD(60),
    /** What encoders reach, in which form and precision. */
    ENCODERS(110),
    /** Classifier and detector against the CPU. */
    VISION(30),
    /** A worker as it is deployed: what it tells, what it does in need. */
    SERVING(240),
    /** DJL's engine on the machine's libtorch, in one attempt. */
    PYTORCH(30);

    private final int seconds;

    Part(int seconds) {
        this.seconds = seconds;
    }

    /** The longest it may take on a GPU. */
    int seconds() {
        return seconds;
    }

    /** The longest it may take where a CPU does its work, shared with who knows whom. */
    int pretendSeconds() {
        return 600;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
