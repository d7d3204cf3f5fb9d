package phifleet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class CompilerThreadsTest {
    /** Where it stands behind the thread's name in stat (proc_pid_stat(5)). */
    private static final int NICE_FIELD = 16;

    @Test
    void giveWay_compilersComeAfterThisThread() throws IOException {
        CompilerThreads.giveWay();

        assertThat(CompilerThreads.running())
                .isNotEmpty()
                .allSatisfy(thread -> assertThat(nice(thread)).isEqualTo(CompilerThreads.NICE));
        assertThat(nice(Integer.parseInt(
                        String.valueOf(Path.of("/proc/thread-self").toRealPath().getFileName()))))
                .isLessThan(CompilerThreads.NICE);
    }

    private static int nice(int thread) throws IOException {
        String stat = Files.readString(Path.of("/proc/self/task", String.valueOf(thread), "stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[NICE_FIELD]);
    }
}
