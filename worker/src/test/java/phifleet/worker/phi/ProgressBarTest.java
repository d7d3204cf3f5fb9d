package phifleet.worker.phi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import phifleet.inference.hub.remote.HubName;

/** What somebody at a terminal sees of a download, and what a log has of it. */
class ProgressBarTest {
    private static final HubName NAME = new HubName("owner/model", HubName.MAIN);
    private static final long SECOND = 1_000_000_000;

    private final AtomicLong now = new AtomicLong();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void came_atATerminal_drawsWhatIsHereOfAllAndHowFastItComes() {
        ProgressBar bar = new ProgressBar(out, true, now::get);
        bar.needs(NAME, 3, 40_000_000, 10_000_000);
        assertThat(last()).isEqualTo("[#######.......................]  25 %  10.0 of 40.0 MB  0.0 MB/s");
        now.addAndGet(2 * SECOND);
        bar.came(10_000_000);
        assertThat(last()).isEqualTo("[###############...............]  50 %  20.0 of 40.0 MB  5.0 MB/s");
        bar.came(20_000_000);
        bar.done(NAME);
        assertThat(last()).isEqualTo("[##############################] 100 %  40.0 of 40.0 MB  15.0 MB/s");
        assertThat(text()).endsWith(System.lineSeparator());
    }

    @Test
    void came_oftenWithinAMoment_isDrawnOnce() {
        ProgressBar bar = new ProgressBar(out, true, now::get);
        bar.needs(NAME, 1, 1000, 0);
        int drawn = text().length();
        for (int i = 0; i < 100; i++) {
            now.addAndGet(SECOND / 2000);
            bar.came(1);
        }
        assertThat(text()).hasSize(drawn);
        now.addAndGet(SECOND);
        bar.came(1);
        assertThat(last()).contains(" 10 %");
    }

    @Test
    void came_whatHadToBeThrownAway_goesBack() {
        ProgressBar bar = new ProgressBar(out, true, now::get);
        bar.needs(NAME, 1, 1000, 0);
        now.addAndGet(SECOND);
        bar.came(500);
        now.addAndGet(SECOND);
        bar.came(-500);
        assertThat(last()).startsWith("[..............................]   0 %");
    }

    @Test
    void says_atATerminal_isALineOfItsOwn() {
        ProgressBar bar = new ProgressBar(out, true, now::get);
        bar.needs(NAME, 1, 1000, 0);
        bar.waits("model.onnx");
        assertThat(text())
                .contains("\r\033[Kanother process is fetching model.onnx; waiting for it" + System.lineSeparator());
        assertThat(last()).startsWith("[....");
    }

    @Test
    void download_intoAFile_isOneLineWithoutControlCharacters() {
        ProgressBar bar = new ProgressBar(out, false, now::get);
        bar.needs(NAME, 3, 40_000_000, 10_000_000);
        now.addAndGet(SECOND);
        bar.came(30_000_000);
        bar.done(NAME);
        assertThat(text()).isEqualTo("owner/model: fetching 3 files, 30.0 MB" + System.lineSeparator());
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The line as it stands after all that was drawn over it. */
    private String last() {
        String text = text();
        return text.substring(text.lastIndexOf("\033[K") + 3).strip();
    }
}
