package phifleet.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.Model;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;
import phifleet.inference.testing.Workbench;

/** A real prepared model whose files were harmed: the next start serves the right vectors. */
class BrokenCacheTest {
    private static final List<TokenSequence> TEXT = List.of(new TokenSequence(new int[] {101, 2182, 102}));

    @TempDir
    private Path cache;

    @Test
    void load_eachFileFlippedCutOrEmpty_servesTheRightVectors() throws Exception {
        Engines engines = new Engines(EngineSettings.of(cache));
        Vector expected;
        try (Model<TokenSequence, Vector> model =
                Workbench.engines().load(EmbeddedModel.ALL_MINILM_L6_V2.spec()).model()) {
            expected = model.run(TEXT).getFirst();
        }
        assertThat(loaded(engines)).isEqualTo(expected.values());
        for (String name : List.of("weights.bin", "model.onnx")) {
            Path file = find(name);
            flip(file);
            assertThat(loaded(engines)).as("flipped " + name).isEqualTo(expected.values());
            truncate(file, Files.size(file) / 2);
            assertThat(loaded(engines)).as("cut " + name).isEqualTo(expected.values());
            truncate(file, 0);
            assertThat(loaded(engines)).as("empty " + name).isEqualTo(expected.values());
        }
    }

    @Test
    void start_nativeLibraryCut_isUnpackedAgain() throws Exception {
        NativeLibraries.prepare(cache, null);
        Path library = find("libonnxruntime.so");
        long size = Files.size(library);
        truncate(library, size / 2);
        NativeLibraries.prepare(cache, null);
        assertThat(library).hasSize(size);
        flip(library);
        byte[] flipped = Files.readAllBytes(library);
        NativeLibraries.prepare(cache, null);
        assertThat(Files.readAllBytes(library)).isNotEqualTo(flipped);
    }

    private static float[] loaded(Engines engines) throws Exception {
        try (Model<TokenSequence, Vector> model =
                engines.load(EmbeddedModel.ALL_MINILM_L6_V2.spec()).model()) {
            return model.run(TEXT).getFirst().values();
        }
    }

    private Path find(String name) throws IOException {
        try (Stream<Path> files = Files.walk(cache)) {
            return files.filter(file -> file.getFileName().toString().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** 4 KB in the middle. */
    private static void flip(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(4096, channel.size() / 2));
            long at = channel.size() / 2;
            channel.read(bytes, at);
            bytes.flip();
            for (int i = 0; i < bytes.limit(); i++) {
                bytes.put(i, (byte) ~bytes.get(i));
            }
            channel.write(bytes, at);
        }
    }

    private static void truncate(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }
}
