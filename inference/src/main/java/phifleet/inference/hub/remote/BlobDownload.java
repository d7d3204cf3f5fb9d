package phifleet.inference.hub.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import phifleet.inference.hub.remote.HubException.Reason;

/**
 * Gets one file into the cache. It is written beside its place, gone on with after a break, looked at whole, and then moved:
 * whoever finds a blob may believe it. One process at a time writes one file, and the others wait and find it.
 */
final class BlobDownload {
    private static final int BUFFER = 1 << 17;

    private final HubClient client;
    private final HubCache cache;
    private final Retry retry;
    private final DownloadProgress progress;
    private final BooleanSupplier stopped;

    /** @param stopped is asked for each piece, and ends the download where it is so */
    BlobDownload(HubClient client, HubCache cache, Retry retry, DownloadProgress progress, BooleanSupplier stopped) {
        this.client = client;
        this.cache = cache;
        this.retry = retry;
        this.progress = progress;
        this.stopped = stopped;
    }

    void fetch(HubName name, String commit, HubFile file) throws HubException, InterruptedException {
        if (cache.has(name, file)) {
            return;
        }
        try (HubLock _ = HubLock.on(cache.lock(name, file), () -> progress.waits(file.path()))) {
            if (cache.has(name, file)) {
                progress.came(file.size());
                return;
            }
            Path incomplete = cache.incomplete(name, file);
            Files.createDirectories(incomplete.resolveSibling(""));
            complete(name, commit, file, incomplete);
            Files.move(incomplete, cache.blob(name, file), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new HubException(Reason.CACHE, "the cache " + cache.root() + " cannot be used: " + e, e);
        }
    }

    private void complete(HubName name, String commit, HubFile file, Path incomplete)
            throws HubException, IOException, InterruptedException {
        int failures = 0;
        boolean wasWrong = false;
        while (true) {
            long before = Files.exists(incomplete) ? Files.size(incomplete) : 0;
            @Nullable String sum = null;
            try {
                sum = transfer(name, commit, file, incomplete);
            } catch (Broken e) {
                failures = Files.size(incomplete) > before ? 1 : failures + 1;
                retry.afterFailure(
                        name + ": " + file.path() + ", of which " + Files.size(incomplete)
                                + " bytes are kept for next time,",
                        failures,
                        e.reason);
            } catch (HubException e) {
                if (e.reason() == Reason.DISK_FULL || e.reason() == Reason.SERVER) {
                    Files.deleteIfExists(incomplete);
                }
                throw e;
            }
            if (sum != null && sum.equals(file.sum())) {
                return;
            }
            if (sum != null) {
                progress.came(-Files.size(incomplete));
                Files.delete(incomplete);
                // What was gone on with may be of an older try that somebody else broke.
                if (wasWrong || before == 0) {
                    throw new HubException(
                            Reason.BROKEN,
                            name + ": " + file.path() + " has the sum " + sum + ", but the Hub states " + file.sum()
                                    + "; nothing of it is kept");
                }
                wasWrong = true;
            }
        }
    }

    /** A transfer that ended early, by the network and not by the disk. */
    private static final class Broken extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient IOException reason;

        Broken(IOException reason) {
            super(reason);
            this.reason = reason;
        }
    }

    /** The sum of the whole file; null where it is not whole yet. */
    private String transfer(HubName name, String commit, HubFile file, Path incomplete)
            throws Broken, HubException, IOException {
        try (FileChannel out = FileChannel.open(
                incomplete, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (out.size() > file.size()) {
                out.truncate(0);
            }
            MessageDigest digest = digest(file);
            long present = out.size();
            if (present > 0) {
                digestPresent(out, digest);
            }
            if (present < file.size()) {
                receive(name, commit, file, out, digest);
            } else {
                progress.came(present);
            }
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    private void receive(HubName name, String commit, HubFile file, FileChannel out, MessageDigest digest)
            throws Broken, HubException, IOException {
        long present = out.size();
        try (HubClient.Answer answer = open(name, commit, file, present)) {
            long at = start(answer, present);
            if (at < present) {
                out.truncate(0);
                digest.reset();
                head(digest, file);
            }
            progress.came(at);
            try {
                copy(answer.body(), file, out, digest, at);
            } catch (Broken | HubException | IOException | RuntimeException e) {
                // Counted anew by the next try.
                progress.came(-out.size());
                throw e;
            }
        }
    }

    private HubClient.Answer open(HubName name, String commit, HubFile file, long from) throws Broken, HubException {
        try {
            return client.open(name, commit, file, from);
        } catch (IOException e) {
            throw new Broken(e);
        }
    }

    /** Where an answer begins. */
    private static long start(HubClient.Answer answer, long wanted) throws Broken {
        try {
            if (answer.status() != HttpURLConnection.HTTP_PARTIAL) {
                return 0;
            }
            String range = answer.connection().getHeaderField("Content-Range");
            if (range != null && range.startsWith("bytes " + wanted + "-")) {
                return wanted;
            }
            throw new IOException("bytes from " + wanted + " on were asked for, and came: " + range);
        } catch (IOException e) {
            throw new Broken(e);
        }
    }

    private void copy(InputStream in, HubFile file, FileChannel out, MessageDigest digest, long from)
            throws Broken, HubException, IOException {
        byte[] buffer = new byte[BUFFER];
        long at = from;
        while (at < file.size()) {
            if (stopped.getAsBoolean()) {
                throw new CancellationException();
            }
            int read = read(in, buffer, (int) Math.min(BUFFER, file.size() - at));
            if (read <= 0) {
                break;
            }
            write(file, out, buffer, read, at);
            digest.update(buffer, 0, read);
            at += read;
            progress.came(read);
        }
        if (at < file.size()) {
            throw new Broken(new IOException("the answer ended after " + at + " of " + file.size() + " bytes"));
        }
    }

    private static int read(InputStream in, byte[] buffer, int most) throws Broken {
        try {
            return in.read(buffer, 0, most);
        } catch (IOException e) {
            throw new Broken(e);
        }
    }

    private void write(HubFile file, FileChannel out, byte[] buffer, int length, long at)
            throws HubException, IOException {
        try {
            for (ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, length); bytes.hasRemaining(); ) {
                out.write(bytes, at + bytes.position());
            }
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("No space left")
                    || String.valueOf(e.getMessage()).contains("quota")) {
                throw new HubException(
                        Reason.DISK_FULL,
                        "no room in " + cache.root() + " for " + file.path() + " of " + file.size()
                                + " bytes; nothing of it" + " is kept",
                        e);
            }
            throw e;
        }
    }

    private static void digestPresent(FileChannel file, MessageDigest digest) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        for (long at = 0; file.read(buffer, at) > 0; buffer.clear()) {
            at += buffer.flip().remaining();
            digest.update(buffer);
        }
    }

    private static MessageDigest digest(HubFile file) {
        try {
            MessageDigest digest = MessageDigest.getInstance(file.isGitObject() ? "SHA-1" : "SHA-256");
            head(digest, file);
            return digest;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has them", e);
        }
    }

    /** git sums an object with its kind and length before it. */
    private static void head(MessageDigest digest, HubFile file) {
        if (file.isGitObject()) {
            digest.update(("blob " + file.size() + "\0").getBytes(StandardCharsets.US_ASCII));
        }
    }
}
