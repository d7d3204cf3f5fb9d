package phifleet.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessTreeTest {
    @Test
    void ticks_commandWithBracketsAndBlanks_userSystemAndChildren() {
        String stat = "12 (a) b) c) S 1 2 3 4 5 6 7 8 9 10 100 20 3 4 99 99";

        assertThat(ProcessTree.ticks(stat)).isEqualTo(127);
    }

    @Test
    void usage_processWithChild_countsBoth() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/stat")), "there is no /proc here");
        // The shell stays, for a command follows; its child holds memory of its own.
        Process shell = new ProcessBuilder(List.of("sh", "-c", "sleep 30; true")).start();
        try {
            while (shell.descendants().findAny().isEmpty()) {
                Thread.onSpinWait();
            }
            long child = shell.descendants().findAny().orElseThrow().pid();

            Usage both = ProcessTree.usage(shell.pid()).orElseThrow();
            Usage one = ProcessTree.usage(child).orElseThrow();

            assertThat(both.memoryBytes()).isGreaterThan(one.memoryBytes());
            assertThat(both.cpuSeconds()).isNotNegative();
        } finally {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
        }
    }

    @Test
    void usage_noSuchProcess_empty() {
        assertThat(ProcessTree.usage(Integer.MAX_VALUE)).isEmpty();
    }
}
