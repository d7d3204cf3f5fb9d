package phifleet.inference.graph.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.inference.model.ModelException;

class SafetensorsTest {
    @TempDir
    private Path folder;

    @Test
    void floats_ofEveryType_areRead() throws Exception {
        ByteBuffer data = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        data.putFloat(1.5f).putShort(Float.floatToFloat16(-2)).putShort((short) (Float.floatToIntBits(3) >> 16));
        Path file = write(
                "{\"__metadata__\":{\"format\":\"pt\"},\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                        + "\"b\":{\"dtype\":\"F16\",\"shape\":[],\"data_offsets\":[4,6]},"
                        + "\"c\":{\"dtype\":\"BF16\",\"shape\":[1,1],\"data_offsets\":[6,8]}}",
                data.array());
        Safetensors tensors = Safetensors.read(file);
        assertThat(tensors.names()).containsExactly("a", "b", "c");
        assertThat(tensors.floats("a")).containsExactly(1.5f);
        assertThat(tensors.floats("b")).containsExactly(-2);
        assertThat(tensors.floats("c")).containsExactly(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"t\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}}|t ends at byte 12",
                "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}}|t of shape",
                "{\"t\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}|t of shape",
                "{\"t\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,-4]}}|t of shape",
                "{\"t\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,0]}}|t of shape",
                "{\"t\":{\"dtype\":\"F8_E4M3\",\"shape\":[1],\"data_offsets\":[0,1]}}|t has the type F8_E4M3",
                "{\"t\"|cannot be read"
            })
    void read_headerThatDoesNotFit_namesTheTensor(String header, String message) throws IOException {
        Path file = write(header, new byte[8]);
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("model.safetensors");
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "9999999", "9223372036854775807", "-1"})
    void read_lengthOfHeaderThatDoesNotFit_isRefused(long length) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
        Path file = Files.write(folder.resolve("model.safetensors"), bytes.array());
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("cut short");
    }

    @Test
    void read_indexThatLeavesTheFolder_isRefused() throws IOException {
        Path index = Files.writeString(
                folder.resolve("model.safetensors.index.json"), "{\"weight_map\":{\"t\":\"../secret.safetensors\"}}");
        assertThatThrownBy(() -> Safetensors.read(index))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("../secret.safetensors, which is not a file beside it");
    }

    private Path write(String header, byte[] data) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(text.length).put(text).put(data);
        return Files.write(folder.resolve("model.safetensors"), bytes.array());
    }
}
