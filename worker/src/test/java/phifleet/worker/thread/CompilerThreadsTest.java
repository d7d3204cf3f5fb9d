package phifleet.worker.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class CompilerThreadsTest {
    @Test
    void giveWay_compilersComeAfterThisThread() throws IOException {
        CompilerThreads.giveWay();

        assertThat(CompilerThreads.running())
                .isNotEmpty()
                .allSatisfy(thread -> assertThat(ThreadStat.nice(thread)).isEqualTo(CompilerThreads.NICE));
        assertThat(ThreadStat.nice(ThreadStat.thisThread())).isLessThan(CompilerThreads.NICE);
    }
}
