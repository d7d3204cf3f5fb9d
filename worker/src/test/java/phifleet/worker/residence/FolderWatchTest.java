package phifleet.worker.residence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWatchTest {
    @TempDir
    private Path folder;

    private final List<String> done = new ArrayList<>();
    private FolderWatch watch;

    /** Writes down what it is asked for, and can do none of it. */
    private final class Recorded implements FolderWatch.Followed {
        @Override
        public CompletionStage<?> follow(String name) {
            done.add("load " + name);
            return CompletableFuture.completedStage("no engine");
        }

        @Override
        public CompletionStage<?> unload(String name) {
            done.add("unload " + name);
            return CompletableFuture.completedStage("done");
        }
    }

    @BeforeEach
    void start() throws IOException {
        put("first/model.onnx", "1");
        watch = new FolderWatch(new ModelFolders(folder), new Recorded());
        watch.start();
        assertThat(done).containsExactly("load first");
        done.clear();
    }

    private void put(String file, String content) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.resolveSibling(""));
        Files.writeString(path, content);
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            watch.look();
        }
    }

    @Test
    void look_nothingChanged_doesNothing() {
        look(3);
        assertThat(done).isEmpty();
    }

    @Test
    void look_folderThatGrows_isLoadedOnceItRests() throws IOException {
        put("second/model.onnx", "1");
        look(1);
        put("second/model.onnx", "12");
        look(1);
        assertThat(done).as("it was another at each look").isEmpty();
        look(3);
        assertThat(done).containsExactly("load second");
    }

    @Test
    void look_fileChanges_isLoadedAnew() throws IOException {
        put("first/labels.txt", "a");
        look(3);
        assertThat(done).containsExactly("load first");
    }

    @Test
    void look_folderGoes_isUnloaded() throws IOException {
        Files.delete(folder.resolve("first/model.onnx"));
        look(2);
        assertThat(done).as("an empty folder may be one that is being filled").isEmpty();
        Files.delete(folder.resolve("first"));
        look(2);
        assertThat(done).containsExactly("unload first");
    }

    @Test
    void look_hiddenEmptyOrOddlyNamed_isPassedOver() throws IOException {
        put(".copying/model.onnx", "1");
        put("odd name/model.onnx", "1");
        put("file.onnx", "1");
        Files.createDirectories(folder.resolve("empty"));
        look(3);
        assertThat(done).isEmpty();
        Files.move(folder.resolve(".copying"), folder.resolve("copied"));
        look(2);
        assertThat(done).containsExactly("load copied");
    }

    @Test
    void look_folderCannotBeRead_unloadsNothing() throws IOException {
        Path away = folder.resolveSibling("away");
        Files.move(folder, away);
        look(2);
        assertThat(done).isEmpty();
        Files.move(away, folder);
        look(2);
        assertThat(done).isEmpty();
    }
}
