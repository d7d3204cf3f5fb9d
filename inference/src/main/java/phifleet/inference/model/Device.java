package phifleet.inference.model;

/** A place where models run. */
public sealed interface Device {
    Device CPU = new Cpu();

    /** {@code cpu} or {@code cuda:0}. */
    String label();

    /** The cores of this machine. */
    record Cpu() implements Device {
        @Override
        public String label() {
            return "cpu";
        }
    }

    /**
     * An NVIDIA GPU.
     *
     * @param index as CUDA counts them, from 0
     */
    record Cuda(int index) implements Device {
        @Override
        public String label() {
            return "cuda:" + index;
        }
    }
}
