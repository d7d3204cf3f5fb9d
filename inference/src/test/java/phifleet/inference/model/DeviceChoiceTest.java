package phifleet.inference.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceChoiceTest {
    @Test
    void read_everyForm_isThatDevice() {
        assertThat(DeviceChoice.read("auto")).contains(new DeviceChoice.Auto());
        assertThat(DeviceChoice.read("cpu")).contains(new DeviceChoice.Only(Device.CPU));
        assertThat(DeviceChoice.read("cuda")).contains(new DeviceChoice.Only(new Device.Cuda(0)));
        assertThat(DeviceChoice.read("cuda:12")).contains(new DeviceChoice.Only(new Device.Cuda(12)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpu", "CPU", "cuda:", "cuda:-1", "cuda:123", "cpu:0"})
    void read_anythingElse_isNone(String text) {
        assertThat(DeviceChoice.read(text)).isEmpty();
    }
}
