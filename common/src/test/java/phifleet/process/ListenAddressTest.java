package phifleet.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ListenAddressTest {
    @Test
    void problem_freePort_isNone_andThePortStaysFree() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThat(ListenAddress.problem("127.0.0.1", port)).isEmpty();
        assertThat(ListenAddress.problem("127.0.0.1", port)).isEmpty();
        assertThat(ListenAddress.problem("127.0.0.1", 0)).isEmpty();
    }

    @Test
    void problem_takenPort_saysSo() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();

            assertThat(ListenAddress.problem("127.0.0.1", taken.getLocalPort()))
                    .contains("cannot listen on " + address + ": the port is taken");
            assertThat(ListenAddress.problem("0.0.0.0", taken.getLocalPort()))
                    .get()
                    .asString()
                    .contains("taken");
        }
    }

    @Test
    void problem_addressOfAnotherMachine_saysSo() {
        assertThat(ListenAddress.problem("192.0.2.1", 8000)).get().asString().contains("none of this machine's");
    }
}
