package phifleet.inference.engine.onnx.session;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.ExecutionMode;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.Residency;

/**
 * How a session runs.
 *
 * @param provider where it computes
 * @param optimization how far the engine rewrites the graph at load
 * @param threads inside one call, the caller's included. One is right where as many threads call as there are cores.
 * @param memoryPatterns whether the engine keeps a plan of its memory for every shape it ever saw: for fixed shapes
 * @param quiet whether the engine's own log is off: what goes wrong is in the exception too
 * @param entries the engine's own configuration entries, such as {@code session.disable_prepacking}
 * @param residency in which form weights are in memory
 * @param optimizedTo where the graph goes as it was optimised; null for nowhere
 */
public record SessionSettings(
        Provider provider,
        Optimization optimization,
        int threads,
        boolean memoryPatterns,
        boolean quiet,
        Map<String, String> entries,
        Residency residency,
        @Nullable Path optimizedTo) {

    /** As the engine counts them, from none to all that this machine's kernels allow. */
    public enum Optimization {
        NONE(OptLevel.NO_OPT),
        BASIC(OptLevel.BASIC_OPT),
        EXTENDED(OptLevel.EXTENDED_OPT),
        ALL(OptLevel.ALL_OPT);

        private final OptLevel level;

        Optimization(OptLevel level) {
            this.level = level;
        }

        /** The next level down that still does something; none below {@link #BASIC}. */
        Optional<Optimization> lower() {
            return switch (this) {
                case ALL -> Optional.of(EXTENDED);
                case EXTENDED -> Optional.of(BASIC);
                case BASIC, NONE -> Optional.empty();
            };
        }
    }

    public SessionSettings {
        entries = Map.copyOf(entries);
    }

    /** All optimisation, one thread unless the provider says more, no memory patterns. */
    public static SessionSettings on(Provider provider) {
        int threads = provider instanceof Provider.Cpu cpu ? cpu.threads() : 1;
        return new SessionSettings(
                provider, Optimization.ALL, threads, false, false, Map.of(), Residency.PREPARED, null);
    }

    public SessionSettings with(Optimization other) {
        return new SessionSettings(provider, other, threads, memoryPatterns, quiet, entries, residency, optimizedTo);
    }

    public SessionSettings with(Map<String, String> others) {
        return new SessionSettings(
                provider, optimization, threads, memoryPatterns, quiet, others, residency, optimizedTo);
    }

    /** Weights in that form where they lie in a CPU's memory. */
    public SessionSettings with(Residency form) {
        return new SessionSettings(
                provider,
                optimization,
                threads,
                memoryPatterns,
                quiet,
                entries,
                provider instanceof Provider.Cpu ? form : Residency.PREPARED,
                optimizedTo);
    }

    /** Nothing on the engine's own log. */
    public SessionSettings quietly() {
        return new SessionSettings(
                provider, optimization, threads, memoryPatterns, true, entries, residency, optimizedTo);
    }

    /** Writing the graph there as it was optimised. */
    public SessionSettings writing(Path file) {
        return new SessionSettings(provider, optimization, threads, memoryPatterns, quiet, entries, residency, file);
    }

    /** The engine's own form, which the caller closes. */
    SessionOptions toOptions() throws OrtException, IOException {
        SessionOptions options = new SessionOptions();
        try {
            options.setExecutionMode(ExecutionMode.SEQUENTIAL);
            options.setInterOpNumThreads(1);
            options.setIntraOpNumThreads(threads);
            if (threads > 1) {
                // Threads that look for work are quick to find it, but between two calls the cores are others'.
                options.addConfigEntry("session.force_spinning_stop", "1");
            }
            options.setMemoryPatternOptimization(memoryPatterns);
            options.setOptimizationLevel(optimization.level);
            // It warns of what is wanted: that small shape computations stay on the CPU, that an optimised graph's file
            // fits
            // machines of this kind alone, that what has no 16-bit kernel is not computed at load.
            options.setSessionLogLevel(
                    quiet ? OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL : OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                options.addConfigEntry(entry.getKey(), entry.getValue());
            }
            if (residency != Residency.PREPARED) {
                // Weights in a file of their own stay as they are mapped, for kernels have no copy in their own order.
                options.addConfigEntry("session.disable_prepacking", "1");
            }
            if (optimizedTo != null) {
                options.setOptimizedModelFilePath(optimizedTo.toString());
            }
            add(options);
            return options;
        } catch (OrtException | IOException | RuntimeException | LinkageError e) {
            options.close();
            throw e;
        }
    }

    private void add(SessionOptions options) throws OrtException, IOException {
        switch (provider) {
            case Provider.Cpu cpu -> options.setCPUArenaAllocator(cpu.arena());
            case Provider.Cuda cuda -> addCuda(options, cuda.gpu(), cuda.memory(), cuda.tf32());
            case Provider.TensorRt tensorRt -> {
                Files.createDirectories(tensorRt.cache());
                try (OrtTensorRTProviderOptions rt = new OrtTensorRTProviderOptions(tensorRt.gpu())) {
                    rt.add("trt_engine_cache_enable", "1");
                    rt.add("trt_engine_cache_path", tensorRt.cache().toString());
                    rt.add("trt_timing_cache_enable", "1");
                    rt.add("trt_timing_cache_path", tensorRt.cache().toString());
                    rt.add("trt_fp16_enable", tensorRt.fp16() ? "1" : "0");
                    options.addTensorrt(rt);
                }
                addCuda(options, tensorRt.gpu(), tensorRt.memory(), tensorRt.tf32());
            }
            case Provider.OpenVino openVino ->
                NamedProvider.add(options, "OpenVINO", Map.of("device_type", openVino.target()));
        }
    }

    private static void addCuda(SessionOptions options, int gpu, Provider.GpuMemory memory, boolean tf32)
            throws OrtException {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(gpu)) {
            if (memory.limitBytes() > 0) {
                cuda.add("gpu_mem_limit", Long.toString(memory.limitBytes()));
            }
            cuda.add("arena_extend_strategy", memory.exact() ? "kSameAsRequested" : "kNextPowerOfTwo");
            cuda.add("use_tf32", tf32 ? "1" : "0");
            options.addCUDA(cuda);
        }
    }
}
