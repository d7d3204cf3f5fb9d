package phifleet.inference.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import phifleet.inference.model.ModelException;

class CachedFolderTest {
    /** Several pieces and a part of one. */
    private static final int LARGE = (20 << 20) + 5;

    @TempDir
    private Path cache;

    private Path folder;
    private final AtomicInteger made = new AtomicInteger();

    /** What can happen to a file. */
    enum Harm {
        FLIPPED {
            @Override
            void to(Path file) throws IOException {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                    ByteBuffer one = ByteBuffer.allocate(1);
                    long at = channel.size() - 1;
                    channel.read(one, at);
                    one.put(0, (byte) (one.get(0) ^ 4)).flip();
                    channel.write(one, at);
                }
            }
        },
        CUT {
            @Override
            void to(Path file) throws IOException {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(channel.size() - 1);
                }
            }
        },
        EMPTY {
            @Override
            void to(Path file) throws IOException {
                Files.write(file, new byte[0]);
            }
        },
        GONE {
            @Override
            void to(Path file) throws IOException {
                Files.delete(file);
            }
        },
        LONGER {
            @Override
            void to(Path file) throws IOException {
                Files.write(file, new byte[1], StandardOpenOption.APPEND);
            }
        };

        abstract void to(Path file) throws IOException;
    }

    @BeforeEach
    void make() throws Exception {
        folder = cache.resolve("models").resolve("m");
        made.set(0);
        assertThat(CachedFolder.of(folder, this::fill)).isEqualTo(folder);
        assertThat(made).hasValue(1);
    }

    @Test
    void of_whole_isBelieved() throws Exception {
        CachedFolder.of(folder, this::fill);
        assertThat(made).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource
    void of_anyFileHarmed_isMadeAgain(Harm harm) throws Exception {
        int times = 1;
        for (String name : List.of("large", "small", "none", Manifest.NAME)) {
            if (name.equals("none") && (harm == Harm.FLIPPED || harm == Harm.CUT || harm == Harm.EMPTY)) {
                continue;
            }
            harm.to(folder.resolve(name));
            assertThat(Manifest.mistake(folder)).as("%s of %s", harm, name).isPresent();
            CachedFolder.of(folder, this::fill);
            times++;
            assertThat(made).as("%s of %s", harm, name).hasValue(times);
            assertThat(Manifest.mistake(folder)).isEmpty();
        }
        try (Stream<Path> rest = Files.list(folder.getParent())) {
            assertThat(rest.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("m", "m.lock");
        }
    }

    @Test
    void mistake_says_whichFileAndWhat() throws Exception {
        Harm.FLIPPED.to(folder.resolve("large"));
        assertThat(Manifest.mistake(folder)).contains("large is not what was written");
        Harm.CUT.to(folder.resolve("large"));
        assertThat(Manifest.mistake(folder)).contains("large has " + (LARGE - 1) + " bytes, not " + LARGE);
        Files.delete(folder.resolve("large"));
        assertThat(Manifest.mistake(folder)).contains("large is missing");
    }

    @Test
    void of_manyAtOnceOnNothing_isMadeOnce() throws Exception {
        Path other = cache.resolve("models").resolve("other");
        made.set(0);
        List<Callable<Path>> callers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            callers.add(() -> CachedFolder.of(other, this::fill));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Path> done : threads.invokeAll(callers)) {
                assertThat(done.get()).isEqualTo(other);
            }
        }
        assertThat(made).hasValue(1);
    }

    @Test
    void of_makerFails_leavesNothingAndThrows() throws Exception {
        Path other = cache.resolve("models").resolve("other");
        assertThatThrownBy(() -> CachedFolder.of(other, at -> {
                    Files.writeString(at.resolve("half"), "x");
                    throw new ModelException("no source");
                }))
                .hasMessage("no source");
        assertThat(other).doesNotExist();
        try (Stream<Path> rest = Files.list(folder.getParent())) {
            assertThat(rest.filter(Files::isDirectory)).containsExactly(folder);
        }
    }

    private void fill(Path at) throws IOException {
        made.incrementAndGet();
        byte[] bytes = new byte[LARGE];
        new Random(1).nextBytes(bytes);
        Files.write(at.resolve("large"), bytes);
        Files.writeString(at.resolve("small"), "a few bytes");
        Files.write(at.resolve("none"), new byte[0]);
    }
}
