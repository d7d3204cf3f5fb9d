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
    void newest_numbers_isTheGreatest() throws IOException {
        put("2/model.onnx");
        put("10/model.onnx");
        put("labels.txt");
        assertThat(VersionFolder.newest(folder)).contains(new VersionFolder(folder.resolve("10"), "10"));
    }

    @Test
    void newest_emptyOrNoNumber_isPassedOver() throws IOException {
        put("1/model.onnx");
        put("03/model.onnx");
        put("4x/model.onnx");
        put("12345678901/model.onnx");
        put("7");
        Files.createDirectories(folder.resolve("5"));
        assertThat(VersionFolder.newest(folder)).contains(new VersionFolder(folder.resolve("1"), "1"));
    }

    @Test
    void newest_folderOfAModel_hasNoVersions() throws IOException {
        put("1/model.onnx");
        put("config.json");
        assertThat(VersionFolder.newest(folder)).isEmpty();
        assertThat(VersionFolder.newest(folder.resolve("1"))).isEmpty();
        assertThat(VersionFolder.newest(folder.resolve("1/model.onnx"))).isEmpty();
        assertThat(VersionFolder.newest(folder.resolve("none"))).isEmpty();
    }
}
