package phifleet.gateway.http.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GrpcModelNameTest {
    private static final String INFER = "/inference.GRPCInferenceService/ModelInfer";
    private static final String LOAD = "/inference.GRPCInferenceService/RepositoryModelLoad";

    private static byte[] field(int number, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return joined(new byte[] {(byte) (number << 3 | 2), (byte) bytes.length}, bytes);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    @Test
    void name_isTheMethodsField_wherever() {
        byte[] message =
                joined(field(2, "1"), new byte[] {8 << 3, 1, 9 << 3 | 1, 0, 0, 0, 0, 0, 0, 0, 0}, field(1, "größe"));
        assertThat(GrpcModelName.in(INFER, message)).isEqualTo("größe");
        assertThat(GrpcModelName.in(LOAD, field(2, "b"))).isEqualTo("b");
        assertThat(GrpcModelName.in(LOAD, field(1, "a"))).isNull();
        assertThat(GrpcModelName.in("/inference.GRPCInferenceService/ServerMetadata", field(1, "a")))
                .isNull();
    }

    @Test
    void name_thatIsEmptyCutOrNone_isNull() {
        byte[] whole = field(1, "model");
        for (int length = 0; length < whole.length; length++) {
            assertThat(GrpcModelName.in(INFER, Arrays.copyOf(whole, length))).isNull();
        }
        assertThat(GrpcModelName.in(INFER, field(1, ""))).isNull();
        assertThat(GrpcModelName.in(INFER, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1}))
                .isNull();
        assertThat(GrpcModelName.in(INFER, new byte[] {1 << 3 | 3, 1})).isNull();
        assertThat(GrpcModelName.in(INFER, new byte[] {1 << 3 | 2, -1, -1, -1, -1, 15, 'a'}))
                .isNull();
    }

    @Test
    void call_isToldByItsPath() {
        assertThat(GrpcModelName.isCall(INFER)).isTrue();
        assertThat(GrpcModelName.isCall("/v2/models/a/infer")).isFalse();
    }
}
