package phifleet.scaler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import phifleet.scaler.EngineAnswer.Bytes;

class ServiceViewTest {
    private static ServiceView read(String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return ServiceView.read(Bytes.of(bytes, 0, bytes.length));
    }

    private static String service(String spec) {
        return "{\"ID\":\"abc\", \"Version\":{\"Index\":12},\"Spec\":" + spec + "}";
    }

    @Test
    void specWith_anotherNumber_changesNoOtherByte() throws IOException {
        ServiceView service = read(service(FakeEngine.spec("", 2)));

        assertThat(service.replicas()).isEqualTo(2);
        assertThat(service.version()).isEqualTo(12);
        assertThat(new String(service.specWith(16), StandardCharsets.UTF_8)).isEqualTo(FakeEngine.spec("", 16));
        assertThat(new String(service.specWith(0), StandardCharsets.UTF_8)).isEqualTo(FakeEngine.spec("", 0));
    }

    @Test
    void read_serviceOfEveryNode_isNoneThatItSets() {
        assertThatThrownBy(() -> read(service("{\"Mode\":{\"Global\":{}}}")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not replicated");
    }

    @Test
    void read_halfAnAnswer_isRefused() {
        String whole = service(FakeEngine.spec("", 2));

        assertThatThrownBy(() -> read(whole.substring(0, whole.length() - 20))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read("[]")).isInstanceOf(IOException.class);
    }

    @Test
    void read_labelOfTheScaler_isFound() throws IOException {
        assertThat(read(service(FakeEngine.spec("\"phi.scaler\":\"hold\",", 2))).label())
                .isEqualTo("hold");
    }
}
