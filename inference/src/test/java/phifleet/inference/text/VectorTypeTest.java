package phifleet.inference.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class VectorTypeTest {
    private static final float[] TEN = {0.5f, -0.5f, 0, 1e-9f, -1, 2, 3, -4, -0.0f, 7};

    @Test
    void bytes_bits_areThoseOfPackbits() {
        // numpy: packbits([1,0,0,1,0,1,1,0, 0,1]) is [150, 64]; less 128, as int8: [22, -64].
        byte[] unsigned = VectorType.UBINARY.bytes(TEN);
        assertThat(unsigned).hasSize(VectorType.UBINARY.size(10)).containsExactly(150, 64);
        assertThat(VectorType.UBINARY.number(unsigned[0])).isEqualTo(150);
        byte[] signed = VectorType.BINARY.bytes(TEN);
        assertThat(VectorType.BINARY.number(signed[0])).isEqualTo(22);
        assertThat(VectorType.BINARY.number(signed[1])).isEqualTo(-64);
        assertThat(VectorType.BINARY.width(10)).isEqualTo(2);
        assertThat(VectorType.BINARY.number(VectorType.BINARY.bytes(new float[] {-1, -1})[0]))
                .isEqualTo(-128);
    }

    @Test
    void rounded_halves_areTheNearest() {
        // The 11th, and the 8th, of 24 bits are the last that count.
        float[] values = {1 + 0x1p-11f, 1 + 0x1.8p-11f, 1 + 0x1p-8f, 1 + 3 * 0x1p-8f, -1 - 0x1.8p-8f, 65504, 0.1f};
        assertThat(VectorType.FLOAT16.rounded(values))
                .startsWith(1, 1 + 0x1p-10f)
                .endsWith(65504, Float.float16ToFloat(Float.floatToFloat16(0.1f)));
        float[] brain = VectorType.BFLOAT16.rounded(values);
        assertThat(brain[2]).isEqualTo(1);
        assertThat(brain[3]).isEqualTo(1 + 4 * 0x1p-8f);
        assertThat(brain[4]).isEqualTo(-1 - 0x1p-7f);
        assertThat(brain[5]).isEqualTo(65536);
    }

    @Test
    void bytes_floats_areLittleEndianAndWhatRoundedSays() {
        for (VectorType type : new VectorType[] {VectorType.FLOAT32, VectorType.FLOAT16, VectorType.BFLOAT16}) {
            ByteBuffer bytes = ByteBuffer.wrap(type.bytes(TEN)).order(ByteOrder.LITTLE_ENDIAN);
            assertThat(bytes.remaining()).isEqualTo(type.size(10));
            for (float value : type.rounded(TEN)) {
                float read = switch (type) {
                    case FLOAT16 -> Float.float16ToFloat(bytes.getShort());
                    case BFLOAT16 -> Float.intBitsToFloat(bytes.getShort() << 16);
                    default -> bytes.getFloat();
                };
                assertThat(read).isEqualTo(value);
            }
        }
    }

    @Test
    void find_names_areKnownInEachDialectsWords() {
        assertThat(VectorType.find("float")).contains(VectorType.FLOAT32);
        assertThat(VectorType.find("ubinary")).contains(VectorType.UBINARY);
        assertThat(VectorType.find("float8")).isEmpty();
        assertThatThrownBy(() -> VectorType.INT8.bytes(TEN)).isInstanceOf(IllegalStateException.class);
    }
}
