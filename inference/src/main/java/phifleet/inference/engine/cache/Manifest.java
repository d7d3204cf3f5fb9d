package phifleet.inference.engine.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The lengths and checksums of a folder's files, in a file of its own that lies with them.
 *
 * <p>It guards against what breaks, not against who forges: CRC-32C, which processors compute by an instruction of their own.
 * Pieces of {@value #PIECE} bytes are summed on all cores, each with a line of its own, so that 90 MB of weights take some
 * 10 ms. A line is {@code checksum offset length name}; the last one is the checksum of the lines before it.
 */
final class Manifest {
    static final String NAME = "manifest";

    private static final int PIECE = 8 << 20;
    private static final int BUFFER = 1 << 16;
    private static final int FIELDS = 4;

    private Manifest() {}

    /** A stretch of a file. */
    private record Piece(int checksum, long offset, long length, String name) {
        static Piece read(String line) {
            String[] fields = line.split(" ", FIELDS);
            return new Piece(
                    Integer.parseUnsignedInt(fields[0], 16),
                    Long.parseLong(fields[1]),
                    Long.parseLong(fields[2]),
                    fields[3]);
        }

        String line() {
            return Integer.toHexString(checksum) + ' ' + offset + ' ' + length + ' ' + name + '\n';
        }
    }

    /** Describes the files that lie in a folder now. */
    static void write(Path folder) throws IOException {
        List<Piece> pieces = new ArrayList<>();
        for (Path file : files(folder)) {
            long size = Files.size(file);
            long offset = 0;
            do {
                long length = Math.min(PIECE, size - offset);
                pieces.add(new Piece(0, offset, length, String.valueOf(file.getFileName())));
                offset += length;
            } while (offset < size);
        }
        int[] sums = sums(folder, pieces);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < sums.length; i++) {
            Piece piece = pieces.get(i);
            lines.append(new Piece(sums[i], piece.offset(), piece.length(), piece.name()).line());
        }
        Files.writeString(folder.resolve(NAME), lines + sealOf(lines.toString()));
    }

    /** What does not fit, for people to read; empty where all does. */
    static Optional<String> mistake(Path folder) {
        try {
            if (!Files.isRegularFile(folder.resolve(NAME))) {
                return Optional.of("it has no " + NAME);
            }
            String text = Files.readString(folder.resolve(NAME));
            int end = text.lastIndexOf('\n') + 1;
            if (end == 0 || !text.substring(end).equals(sealOf(text.substring(0, end)))) {
                return Optional.of("its " + NAME + " is broken");
            }
            List<Piece> pieces = text.substring(0, end).lines().map(Piece::read).toList();
            // Lengths first: a file that is mapped and cut ends the process.
            return wrongLength(folder, pieces).or(() -> wrongContent(folder, pieces));
        } catch (IOException | RuntimeException e) {
            return Optional.of(e.toString());
        }
    }

    private static Optional<String> wrongLength(Path folder, List<Piece> pieces) {
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            if (i + 1 == pieces.size() || pieces.get(i + 1).offset() == 0) {
                long wanted = piece.offset() + piece.length();
                Path file = folder.resolve(piece.name());
                long found = Files.isRegularFile(file) ? size(file) : -1;
                if (found != wanted) {
                    return Optional.of(
                            piece.name() + (found < 0 ? " is missing" : " has " + found + " bytes, not " + wanted));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> wrongContent(Path folder, List<Piece> pieces) {
        int[] sums = sums(folder, pieces);
        return IntStream.range(0, sums.length)
                .filter(i -> sums[i] != pieces.get(i).checksum())
                .mapToObj(i -> pieces.get(i).name() + " is not what was written")
                .findFirst();
    }

    private static int[] sums(Path folder, List<Piece> pieces) {
        return IntStream.range(0, pieces.size())
                .parallel()
                .map(i -> sum(folder, pieces.get(i)))
                .toArray();
    }

    private static int sum(Path folder, Piece piece) {
        CRC32C checksum = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        try (FileChannel file = FileChannel.open(folder.resolve(piece.name()), StandardOpenOption.READ)) {
            long end = piece.offset() + piece.length();
            for (long at = piece.offset(); at < end; ) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
                int read = file.read(buffer, at);
                if (read < 0) {
                    throw new IOException(piece.name() + " ends early");
                }
                checksum.update(buffer.flip());
                at += read;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return (int) checksum.getValue();
    }

    private static String sealOf(String lines) {
        CRC32C checksum = new CRC32C();
        checksum.update(lines.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(checksum.getValue());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
