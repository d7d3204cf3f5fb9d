package phifleet.inference.vision.decode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import phifleet.inference.vision.ImageFiles;

/** A process that decodes broken files and says by how much it grew meanwhile: its heap is all there from the start. */
final class BrokenFiles {
    private static final String BY_THE_JDK = "jdk";
    private static final int WARM_UP = 4_000;
    private static final int ROUNDS = 12_000;

    private BrokenFiles() {}

    /** Bytes by which a process grew over 8,000 broken files; on Linux, 0 elsewhere. */
    static long growth(JpegLibrary library) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms96m",
                        "-Xmx96m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokenFiles.class.getName(),
                        library.isTurbo() ? "" : BY_THE_JDK))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException("it ended by " + process.exitValue() + ": " + said);
        }
        return Long.parseLong(said);
    }

    public static void main(String[] arguments) throws IOException {
        PixelBudget budget = new PixelBudget(64 << 20);
        JpegLibrary library = arguments[0].equals(BY_THE_JDK) ? JpegLibrary.JDK : JpegLibrary.find();
        ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT, library, budget);
        Random random = new Random(16);
        long before = 0;
        for (int round = 0; round < ROUNDS; round++) {
            if (round == WARM_UP) {
                before = resident();
            }
            byte[] file = ImageFiles.bytes(round % 2 == 0 ? "progressive.jpg" : "baseline.jpg");
            for (int i = 0; i < 6; i++) {
                file[40 + random.nextInt(file.length - 42)] = (byte) random.nextInt();
            }
            try {
                decoder.decode(file);
            } catch (ImageException e) {
                // What is looked at is what it leaves behind.
            }
        }
        if (budget.free() != budget.bytes()) {
            throw new IllegalStateException("of the budget " + budget.free() + " bytes are free");
        }
        System.out.println(resident() - before);
    }

    private static long resident() throws IOException {
        Path statm = Path.of("/proc/self/statm");
        return Files.exists(statm)
                ? 4096 * Long.parseLong(Files.readString(statm).split(" ", -1)[1])
                : 0;
    }
}
