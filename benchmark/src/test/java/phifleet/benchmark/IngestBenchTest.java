package phifleet.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestBenchTest {
    @TempDir
    Path folder;

    private Path file(String name) throws IOException {
        return Files.writeString(folder.resolve(name), name);
    }

    @Test
    void slices_ofMoreFilesThanWanted_areOfTheFirst_eachInOneTurn() throws Exception {
        List<Path> files = List.of(file("0"), file("1"), file("2"), file("3"), file("4"), file("5"));

        List<List<Path>> slices = IngestBench.slices(folder, 5, 2);

        assertThat(slices).containsExactly(files.subList(0, 2), files.subList(2, 4));
    }

    @Test
    void slices_ofFewerFilesThanTurns_areRefused() throws Exception {
        file("0");

        assertThatThrownBy(() -> IngestBench.slices(folder, 9, 2))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1 files")
                .hasMessageContaining("2 turns");
    }

    @Test
    void form_ofFiles_hasEachAsAPartAndEnds() throws Exception {
        Call call = PhotoForm.call(List.of(file("a.jpg"), file("b.png")), AnswerCheck.anything());

        String wire = new String(call.wire(), StandardCharsets.US_ASCII);
        assertThat(wire).startsWith("POST /ingest HTTP/1.1\r\n").endsWith("--photos-of-a-form--\r\n");
        assertThat(wire.split("name=\"images\"", -1)).hasSize(3);
        assertThat(wire).contains("filename=\"b.png\"\r\nContent-Type: application/octet-stream\r\n\r\nb.png\r\n--");
    }
}
