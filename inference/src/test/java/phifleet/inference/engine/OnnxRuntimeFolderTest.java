package phifleet.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.engine.cache.Seal;
import phifleet.inference.model.ModelException;

class OnnxRuntimeFolderTest {
    @TempDir
    private Path folder;

    @Test
    void use_folderWithoutTheJniLibrary_isRefusedByItsName() throws Exception {
        Files.createFile(folder.resolve("libonnxruntime.so"));
        assertThatThrownBy(() -> OnnxRuntimeFolder.use(folder))
                .isInstanceOf(ModelException.class)
                .hasMessage("onnxruntime-library: " + folder
                        + " has no libonnxruntime4j_jni.so; scripts/onnxruntime fills such a folder");
    }

    @Test
    void use_libraryThatWasCut_isRefusedWithBothSizes() throws Exception {
        fill("VERS_1.26.0");
        Seal.main(new String[] {"write", folder.toString()});
        Files.writeString(folder.resolve("libonnxruntime.so"), "cut");
        assertThatThrownBy(() -> OnnxRuntimeFolder.use(folder))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("is broken: libonnxruntime.so has 3 bytes, not 7");
    }

    @Test
    void requireShortCommandLine_aLongOne_isRefusedForTheReleaseThatDoesNotBearIt() throws Exception {
        Path shorter = Files.writeString(folder.resolve("short"), "java -jar worker.jar");
        Path longer = Files.writeString(folder.resolve("long"), "java -cp " + "a.jar:".repeat(1000));
        fill("needs VERS_1.29.0 of it");
        assertThatCode(() -> OnnxRuntimeFolder.requireShortCommandLine(folder, shorter))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> OnnxRuntimeFolder.requireShortCommandLine(folder, longer))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("has 6009 characters, and ONNX Runtime 1.29 bears 3900");
        fill("needs VERS_1.26.0 of it");
        assertThatCode(() -> OnnxRuntimeFolder.requireShortCommandLine(folder, longer))
                .doesNotThrowAnyException();
    }

    @Test
    void use_anyFolder_forbidsTelemetryBeforeTheLibraryIsLoaded() throws Throwable {
        fill("VERS_1.29.0");
        OnnxRuntimeFolder.use(folder);
        assertThat(nativeVariable("ORT_DISABLE_TELEMETRY")).isEqualTo("1");
    }

    @Test
    void libraryInTheJars_knowsNoAddressToSendEventsTo() throws Exception {
        try (InputStream library =
                OrtEnvironment.class.getResourceAsStream("/ai/onnxruntime/native/linux-x64/libonnxruntime.so")) {
            assertThat(new String(library.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("events.data.microsoft.com");
        }
    }

    @SuppressWarnings("restricted")
    private static String nativeVariable(String name) throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle getenv = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("getenv"),
                FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = (MemorySegment) getenv.invokeExact(arena.allocateFrom(name));
            return value.equals(MemorySegment.NULL) ? "" : value.reinterpret(16).getString(0);
        }
    }

    @Test
    void hasCuda_folder_goesByItsProvider() throws Exception {
        assertThat(OnnxRuntimeFolder.hasCuda(folder)).isFalse();
        Files.createFile(folder.resolve("libonnxruntime_providers_cuda.so"));
        assertThat(OnnxRuntimeFolder.hasCuda(folder)).isTrue();
    }

    private void fill(String jni) throws Exception {
        Files.writeString(folder.resolve("libonnxruntime.so"), "library");
        Files.writeString(folder.resolve("libonnxruntime4j_jni.so"), jni);
    }
}
