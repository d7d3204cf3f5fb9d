package phifleet.inference.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.NumberRanges;

class VectorTypeTest {
    private static final float[] TEN = {0.5f, -0.5f, 0, 1e-9f, -1, 2, 3, -4, -0.0f, 7};

    @Test
    void bytes_bits_areThoseOfPackbits() {
        // numpy: packbits([1,0,0,1,0,1,1,0, 0,1]) is [150, 64]; less 128, as int8: [22, -64].
        byte[] unsigned = VectorType.UBINARY.bytes(TEN, null);
        assertThat(unsigned).hasSize(VectorType.UBINARY.size(10)).containsExactly(150, 64);
        assertThat(VectorType.UBINARY.number(unsigned[0])).isEqualTo(150);
        byte[] signed = VectorType.BINARY.bytes(TEN, null);
        assertThat(VectorType.BINARY.number(signed[0])).isEqualTo(22);
        assertThat(VectorType.BINARY.number(signed[1])).isEqualTo(-64);
        assertThat(VectorType.BINARY.width(10)).isEqualTo(2);
        assertThat(VectorType.BINARY.number(VectorType.BINARY.bytes(new float[] {-1, -1}, null)[0]))
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
            ByteBuffer bytes = ByteBuffer.wrap(type.bytes(TEN, null)).order(ByteOrder.LITTLE_ENDIAN);
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
        assertThatThrownBy(() -> VectorType.INT8.bytes(TEN, null)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void bytes_ofMeasuredNumbers_areStepsAsTheLibraryMakesThem() {
        NumberRanges ranges = new NumberRanges(new float[] {-1, 0, 2, 5}, new float[] {1, 255, 2, 6});
        float[] values = {0, 100.7f, 2, 9};
        assertThat(VectorType.UINT8.bytes(values, ranges)).containsExactly(127, 100, 0, (byte) 255);
        // What is left behind the point goes, towards 0.
        assertThat(VectorType.INT8.bytes(values, ranges)).containsExactly(0, -27, -128, 127);
        assertThat(VectorType.INT8.bytes(new float[] {-3, 0, 1, 5}, ranges)).containsExactly(-128, -128, -128, -128);
    }
}
