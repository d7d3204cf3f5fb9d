package phifleet.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
