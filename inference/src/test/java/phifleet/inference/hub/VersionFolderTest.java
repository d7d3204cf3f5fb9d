package phifleet.inference.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionFolderTest {
    @TempDir
    private Path folder;

    private void put(String file) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.resolveSibling(""));
        Files.writeString(path, "");
    }

    @Test
    void newestFirst_numbers_areInTheirOrder() throws IOException {
        put("2/model.onnx");
        put("10/model.onnx");
        put("labels.txt");
        assertThat(VersionFolder.newestFirst(folder))
                .containsExactly(
                        new VersionFolder(folder.resolve("10"), "10"), new VersionFolder(folder.resolve("2"), "2"));
    }

    @Test
    void newestFirst_emptyOrNoNumber_isPassedOver() throws IOException {
        put("1/model.onnx");
        put("03/model.onnx");
        put("4x/model.onnx");
        put("12345678901/model.onnx");
        put("7");
        Files.createDirectories(folder.resolve("5"));
        assertThat(VersionFolder.newestFirst(folder)).containsExactly(new VersionFolder(folder.resolve("1"), "1"));
    }

    @Test
    void newestFirst_folderOfAModel_hasNoVersions() throws IOException {
        put("1/model.onnx");
        put("config.json");
        assertThat(VersionFolder.newestFirst(folder)).isEmpty();
        assertThat(VersionFolder.newestFirst(folder.resolve("1"))).isEmpty();
        assertThat(VersionFolder.newestFirst(folder.resolve("1/model.onnx"))).isEmpty();
        assertThat(VersionFolder.newestFirst(folder.resolve("none"))).isEmpty();
    }
}
