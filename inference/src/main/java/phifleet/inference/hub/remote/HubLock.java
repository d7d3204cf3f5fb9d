package phifleet.inference.hub.remote;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A turn among processes and threads at one file, as the Hub's own tools take it: by flock(2), of which the locks of
 * {@link FileChannel}, fcntl's, know nothing on Linux. Where there is no flock, as on Windows, it is a {@link FileLock}; where the
 * file system has no locks at all, everybody goes on at once.
 */
final class HubLock implements AutoCloseable {
    private static final long PAUSE_MS = 100;

    private final @Nullable Flock flock;
    private final @Nullable FileChannel channel;

    private HubLock(@Nullable Flock flock, @Nullable FileChannel channel) {
        this.flock = flock;
        this.channel = channel;
    }

    /**
     * Waits for the turn.
     *
     * @param waits is told once if it is another's now
     */
    static HubLock on(Path file, Runnable waits) throws IOException, InterruptedException {
        Files.createDirectories(file.resolveSibling(""));
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (Flock.exists()) {
            channel.close();
            Flock flock = Flock.open(file);
            try {
                await(flock::tryLock, waits);
                return new HubLock(flock, null);
            } catch (IOException | InterruptedException | RuntimeException e) {
                flock.close();
                throw e;
            }
        }
        try {
            await(() -> tryLock(channel), waits);
            return new HubLock(null, channel);
        } catch (IOException | InterruptedException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private interface Try {
        boolean lock() throws IOException;
    }

    private static void await(Try lock, Runnable waits) throws IOException, InterruptedException {
        for (boolean told = false; !lock.lock(); told = true) {
            if (!told) {
                waits.run();
            }
            Thread.sleep(PAUSE_MS);
        }
    }

    private static boolean tryLock(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Gives the turn on. The file stays: whoever waits has it open. */
    @Override
    public void close() throws IOException {
        if (flock != null) {
            flock.close();
        }
        if (channel != null) {
            channel.close();
        }
    }
}
