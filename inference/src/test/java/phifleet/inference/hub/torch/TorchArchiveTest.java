package phifleet.inference.hub.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.model.ModelException;
import phifleet.inference.testing.SharedFiles;

/** What PyTorch's files hold is read as data, whatever they are. */
class TorchArchiveTest {
    @TempDir
    private Path folder;

    private Path archive(byte[] pickle, Map<String, byte[]> others) throws IOException {
        Path file = folder.resolve("layer.pt");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("layer/data.pkl"));
            zip.write(pickle);
            for (Map.Entry<String, byte[]> other : others.entrySet()) {
                zip.putNextEntry(new ZipEntry("layer/" + other.getKey()));
                zip.write(other.getValue());
            }
        }
        return file;
    }

    private static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }

    private static byte[] shorts(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            bytes.putShort((short) value);
        }
        return bytes.array();
    }

    /** As {@code torch.save(layer.state_dict())} writes it, with the versions of modules that a state has. */
    private static PickleBytes state() {
        return new PickleBytes()
                .global("collections", "OrderedDict")
                .code(')')
                .code('R')
                .code('q', 0)
                .code('(');
    }

    private static byte[] ended(PickleBytes state) {
        return state.code('u')
                .code('}')
                .text("_metadata")
                .global("collections", "OrderedDict")
                .code(')')
                .code('R')
                .code('s')
                .code('b')
                .end();
    }

    @Test
    void read_stateOfALayer_hasItsTensors() throws Exception {
        PickleBytes pickle = state();
        pickle.text("weight").tensor("FloatStorage", "0", 6, 0, new int[] {2, 3}, new int[] {3, 1});
        pickle.text("bias").tensor("HalfStorage", "1", 3, 1, new int[] {2}, new int[] {1});
        pickle.text("scale").tensor("BFloat16Storage", "2", 1, 0, new int[] {1, 1}, new int[] {7, 1});
        Path file = archive(
                ended(pickle),
                Map.of(
                        "data/0",
                        floats(1, 2, 3, 4, 5, 6),
                        "data/1",
                        shorts(0, 0x3c00, 0xc000),
                        "data/2",
                        shorts(0x4040),
                        "byteorder",
                        "little".getBytes(StandardCharsets.US_ASCII)));
        TorchArchive tensors = TorchArchive.read(file);
        assertThat(tensors.names()).containsExactly("weight", "bias", "scale");
        assertThat(tensors.shape("weight")).isEqualTo(List.of(2L, 3L));
        assertThat(tensors.floats("weight")).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(tensors.floats("bias")).containsExactly(1, -2);
        assertThat(tensors.floats("scale")).containsExactly(3);
        assertThat(tensors.shape("other")).isNull();
        assertThatThrownBy(() -> tensors.floats("other"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("no tensor other, but [weight, bias, scale]");
    }

    @Test
    void read_parameter_isItsTensor() throws Exception {
        PickleBytes pickle = state().text("weight")
                .global("torch._utils", "_rebuild_parameter")
                .code('(');
        pickle.tensor("FloatStorage", "0", 1, 0, new int[] {1, 1}, new int[] {1, 1})
                .code(0x88);
        pickle.global("collections", "OrderedDict")
                .code(')')
                .code('R')
                .code('t')
                .code('R');
        Path file = archive(ended(pickle), Map.of("data/0", floats(4)));
        assertThat(TorchArchive.read(file).floats("weight")).containsExactly(4);
    }

    @Test
    void read_functionThatIsNoTensors_isRefusedByName() throws Exception {
        PickleBytes run = new PickleBytes().global("os", "system").text("touch " + folder.resolve("run"));
        Path file = archive(run.code(0x85).code('R').end(), Map.of());
        assertThatThrownBy(() -> TorchArchive.read(file))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("layer.pt: the pickle calls os.system");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void read_functionThroughTheMemo_isRefusedByName() throws Exception {
        PickleBytes pickle =
                state().text("weight").global("builtins", "eval").code('q', 9).code('0');
        assertRefused(pickle.end(), "opcode 0x30");
        PickleBytes again = new PickleBytes()
                .global("builtins", "eval")
                .code('q', 9)
                .code(')')
                .code('R');
        assertRefused(again.end(), "calls builtins.eval");
    }

    private void assertRefused(byte[] pickle, String why) throws IOException {
        Path file = archive(pickle, Map.of("data/0", floats(1, 2, 3, 4)));
        assertThatThrownBy(() -> {
                    TorchArchive tensors = TorchArchive.read(file);
                    for (String name : tensors.names()) {
                        tensors.floats(name);
                    }
                })
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(why);
    }

    @Test
    void read_whatDoesNotFit_isNamed() throws Exception {
        int[] two = {2, 2};
        int[] rows = {2, 1};
        assertRefused(ended(state().text("w").tensor("FloatStorage", "0", 5, 0, two, rows)), "16 bytes");
        assertRefused(ended(state().text("w").tensor("FloatStorage", "0", 4, 1, two, rows)), "begins at number 1 of 4");
        assertRefused(ended(state().text("w").tensor("FloatStorage", "7", 4, 0, two, rows)), "0 bytes");
        assertRefused(ended(state().text("w").tensor("FloatStorage", "0", 4, 0, two, new int[] {1, 2})), "strides");
        assertRefused(
                ended(state().text("w").tensor("FloatStorage", "0", 4, 0, new int[] {60_000, 60_000}, rows)),
                "strides");
        assertRefused(ended(state().text("w").tensor("LongStorage", "0", 4, 0, two, rows)), "torch.LongStorage");
        assertRefused(ended(state().text("w").code('K', 1)), "w is no tensor");
        assertRefused(new PickleBytes().code('K', 1).end(), "no dictionary");
        assertRefused(new byte[] {(byte) 0x80, 4, '.'}, "protocol 4");
    }

    @Test
    void read_anyPartOfAPickle_isAnsweredWithAMistake() throws Exception {
        byte[] whole =
                ended(state().text("weight").tensor("FloatStorage", "0", 4, 0, new int[] {2, 2}, new int[] {2, 1}));
        for (int length = 0; length < whole.length; length++) {
            assertRefused(Arrays.copyOf(whole, length), "layer.pt");
        }
        for (int at = 2; at < whole.length; at++) {
            for (int value : new int[] {0, '(', 't', 'R', 'u', 'Q', 'h', 0xff}) {
                byte[] other = whole.clone();
                other[at] = (byte) value;
                Path file = archive(other, Map.of("data/0", floats(1, 2, 3, 4)));
                try {
                    TorchArchive tensors = TorchArchive.read(file);
                    for (String name : tensors.names()) {
                        tensors.floats(name);
                    }
                } catch (ModelException e) {
                    assertThat(e).hasMessageContaining("layer.pt");
                }
            }
        }
    }

    @Test
    void read_whatIsNoArchive_isSaid() throws Exception {
        Path file = folder.resolve("old.pt");
        Files.write(file, new byte[] {(byte) 0x80, 2, (byte) 0x8a, 10});
        assertThatThrownBy(() -> TorchArchive.read(file))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("old.pt is no zip file");
    }

    @Test
    void read_publishersFiles_haveTheirLayers() throws Exception {
        Path model = SharedFiles.file("models/heads/bge-m3");
        TorchArchive sparse = TorchArchive.read(model.resolve("sparse_linear.pt"));
        assertThat(sparse.shape("weight")).isEqualTo(List.of(1L, 32L));
        assertThat(sparse.floats("bias")).hasSize(1);
        TorchArchive vectors = TorchArchive.read(model.resolve("colbert_linear.pt"));
        assertThat(vectors.floats("weight")).hasSize(32 * 32);
    }
}
