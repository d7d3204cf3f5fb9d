package phifleet.inference.engine.onnx.session;

import java.nio.file.Path;

/** Where ONNX Runtime computes: its execution providers, each with what it can be told. */
public sealed interface Provider {
    /** One line a provider can be named by. */
    String device();

    /**
     * The processor.
     *
     * @param arena whether freed memory is kept for the next call
     * @param threads that work at one call, the caller's included. One is right where as many threads call as there are cores.
     */
    record Cpu(boolean arena, int threads) implements Provider {
        @Override
        public String device() {
            return "cpu";
        }
    }

    /**
     * An NVIDIA GPU.
     *
     * @param gpu its number, from 0
     * @param memory how much of it, and how it is taken
     * @param tf32 whether products of 32-bit floats may be rounded to 10 bits of mantissa, which is several times faster
     */
    record Cuda(int gpu, GpuMemory memory, boolean tf32) implements Provider {
        @Override
        public String device() {
            return "cuda:" + gpu;
        }
    }

    /**
     * TensorRT on an NVIDIA GPU; what it cannot compute CUDA does. Only where libnvinfer is.
     *
     * @param cache a folder for the engines that it builds, which takes minutes for a new shape
     * @param fp16 whether it may compute in 16-bit floats
     * @param tf32 as for {@link Cuda}, for what CUDA computes; ONNX Runtime does not tell TensorRT, which rounds so by itself unless
     *     the driver's own variable NVIDIA_TF32_OVERRIDE is 0
     */
    record TensorRt(int gpu, GpuMemory memory, Path cache, boolean fp16, boolean tf32) implements Provider {
        @Override
        public String device() {
            return "cuda:" + gpu;
        }
    }

    /**
     * OpenVINO. Only where its library is.
     *
     * @param target {@code CPU}, {@code GPU} or {@code NPU}, as OpenVINO names them
     */
    record OpenVino(String target) implements Provider {
        @Override
        public String device() {
            return "openvino:" + target;
        }
    }

    /**
     * A GPU's memory, so that several models or processes share it.
     *
     * @param limitBytes the most that the arena takes; 0 for all there is. Libraries take some hundred MB beside it.
     * @param exact whether the arena grows by what is asked for, rather than to the next power of two
     */
    record GpuMemory(long limitBytes, boolean exact) {
        public static final GpuMemory ALL = new GpuMemory(0, false);
    }

    Provider PLAIN_CPU = new Cpu(true, 1);
}
