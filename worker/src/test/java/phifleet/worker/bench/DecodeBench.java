package phifleet.worker.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import phifleet.benchmark.Photos;
import phifleet.benchmark.Turns;
import phifleet.benchmark.Turns.Measured;
import phifleet.inference.model.Preprocessing;
import phifleet.inference.testing.SharedFiles;
import phifleet.inference.vision.ImagePreparation;
import phifleet.inference.vision.Preprocessings;
import phifleet.inference.vision.decode.Detail;
import phifleet.inference.vision.decode.ImageDecoder;
import phifleet.inference.vision.decode.ImageLimits;
import phifleet.inference.vision.decode.JpegLibrary;
import phifleet.inference.vision.decode.PixelBudget;

/**
 * The processor time of a photo before two models see it: decoded once, prepared for a detector (letterbox 640) and for an encoder
 * (shorter side 256), on one thread: by what decodes JPEG here, whole and reduced, by the JDK, and by Pillow in a process of its own.
 */
public final class DecodeBench {
    private static final Preprocessing DETECTOR = Preprocessings.yolo(640, 640);
    private static final Preprocessing ENCODER = Preprocessings.UNIT;
    private static final Detail NEEDED = ImagePreparation.detail(List.of(DETECTOR, ENCODER));
    private static final int WARM_UPS = 3;

    /** Of Pillow's and of the JDK's processor time: half, and six tenths. */
    private static final double BAR_PILLOW = 2;

    private static final double BAR_JDK = 1 / 0.6;

    private DecodeBench() {}

    /** {@code FOLDER ROUNDS PYTHON SCRIPT}: a folder to write photos to, and what measures Pillow. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        int rounds = Integer.parseInt(arguments[1]);
        PixelBudget budget = new PixelBudget(512L << 20);
        JpegLibrary library = JpegLibrary.find();
        ImageDecoder found = new ImageDecoder(ImageLimits.DEFAULT, library, budget);
        ImageDecoder jdk = new ImageDecoder(ImageLimits.DEFAULT, JpegLibrary.JDK, budget);
        System.out.println("JPEG is decoded by " + library.description());
        for (int[] size : new int[][] {{640, 480}, {1920, 1080}, {4032, 3024}}) {
            List<byte[]> photos = Photos.jpegs(SharedFiles.file("data/photos"), size[0], size[1]);
            List<String> command = new ArrayList<>(List.of(arguments[2], arguments[3], "1"));
            for (int i = 0; i < photos.size(); i++) {
                Path file = folder.resolve(size[0] + "-" + i + ".jpg");
                command.add(Files.write(file, photos.get(i)).toString());
            }
            Process pillow = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (OutputStream orders = pillow.getOutputStream();
                    BufferedReader answers = pillow.inputReader(StandardCharsets.UTF_8)) {
                Turns turns = new Turns()
                        .add("reduced", () -> prepared(photos, found, NEEDED))
                        .add("whole", () -> prepared(photos, found, Detail.ALL))
                        .add("JDK", () -> prepared(photos, jdk, Detail.ALL))
                        .add("Pillow", () -> byPillow(photos.size(), orders, answers))
                        .warmUp(WARM_UPS)
                        .run(rounds);
                System.out.printf(
                        Locale.ROOT, "%d photos of %d x %d, %d rounds%n", photos.size(), size[0], size[1], rounds);
                turns.paces("photos");
                turns.ratio("reduced / Pillow", "reduced", "Pillow", BAR_PILLOW);
                turns.ratio("reduced / JDK", "reduced", "JDK", BAR_JDK);
                turns.ratio("whole / Pillow", "whole", "Pillow", 1);
            } finally {
                pillow.destroy();
            }
        }
    }

    private static Measured prepared(List<byte[]> photos, ImageDecoder decoder, Detail detail) throws Exception {
        return Driven.bare(
                1,
                photos.size(),
                index -> decoder.decode(photos.get(index), detail, image -> {
                    ImagePreparation.prepare(DETECTOR, image);
                    return ImagePreparation.prepare(ENCODER, image);
                }));
    }

    private static Measured byPillow(int photos, OutputStream orders, BufferedReader answers) throws IOException {
        long start = System.nanoTime();
        orders.write('\n');
        orders.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("Pillow's process ended");
        }
        double cpu = Double.parseDouble(answer);
        return new Measured(photos, (System.nanoTime() - start) / 1e9, cpu, cpu);
    }
}
