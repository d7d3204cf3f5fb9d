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
import java.util.stream.Stream;
import phifleet.benchmark.Photos;
import phifleet.benchmark.Turns;
import phifleet.benchmark.Turns.Measured;
import phifleet.inference.model.Preprocessing;
import phifleet.inference.testing.SharedFiles;
import phifleet.inference.vision.ImagePreparation;
import phifleet.inference.vision.Preprocessings;
import phifleet.inference.vision.decode.Coded;
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
    static final Preprocessing DETECTOR = Preprocessings.yolo(640, 640);
    static final Preprocessing ENCODER = Preprocessings.UNIT;
    private static final Detail MODELS = ImagePreparation.detail(List.of(DETECTOR, ENCODER));

    /** As {@code /ingest} has it. */
    static final Detail NEEDED = (width, height) -> Coded.isLarge(width, height) ? MODELS.part(width, height) : 1;

    private static final int WARM_UPS = 3;

    /** Photos that are warmth enough by one turn. */
    private static final int MANY = 50;

    /** Of Pillow's and of the JDK's processor time: half, and six tenths. */
    private static final double BAR_PILLOW = 2;

    private static final double BAR_JDK = 1 / 0.6;

    private DecodeBench() {}

    private record Decoders(ImageDecoder found, ImageDecoder jdk) {}

    /** What measures Pillow: a program, and what it runs. */
    private record Pillow(String python, String script) {}

    /**
     * {@code FOLDER ROUNDS PYTHON SCRIPT [PHOTOS COUNT]}: a folder to write photos of three sizes to, and what measures Pillow; or a folder of photos
     * of any kind, of which the first COUNT are taken.
     */
    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[1]);
        Pillow pillow = new Pillow(arguments[2], arguments[3]);
        PixelBudget budget = new PixelBudget(512L << 20);
        JpegLibrary library = JpegLibrary.find();
        Decoders decoders = new Decoders(
                new ImageDecoder(ImageLimits.DEFAULT, library, budget),
                new ImageDecoder(ImageLimits.DEFAULT, JpegLibrary.JDK, budget));
        System.out.println("JPEG is decoded by " + library.description());
        if (arguments.length > 4) {
            List<Path> photos = photos(Path.of(arguments[4]), Integer.parseInt(arguments[5]));
            compare(photos.size() + " photos of " + arguments[4], photos, rounds, decoders, pillow);
            return;
        }
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        for (int[] size : new int[][] {{640, 480}, {1920, 1080}, {4032, 3024}}) {
            List<byte[]> photos = Photos.jpegs(SharedFiles.file("data/photos"), size[0], size[1]);
            List<Path> files = new ArrayList<>();
            for (int i = 0; i < photos.size(); i++) {
                files.add(Files.write(folder.resolve(size[0] + "-" + i + ".jpg"), photos.get(i)));
            }
            compare(photos.size() + " photos of " + size[0] + " x " + size[1], files, rounds, decoders, pillow);
        }
    }

    private static List<Path> photos(Path folder, int count) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().limit(count).toList();
        }
    }

    private static void compare(String title, List<Path> files, int rounds, Decoders decoders, Pillow pillow)
            throws Exception {
        List<byte[]> photos = new ArrayList<>();
        List<String> command = new ArrayList<>(List.of(pillow.python, pillow.script, "1"));
        for (Path file : files) {
            photos.add(Files.readAllBytes(file));
            command.add(file.toString());
        }
        Process python = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (OutputStream orders = python.getOutputStream();
                BufferedReader answers = python.inputReader(StandardCharsets.UTF_8)) {
            Turns turns = new Turns()
                    .add("reduced", () -> prepared(photos, decoders.found, NEEDED))
                    .add("whole", () -> prepared(photos, decoders.found, Detail.ALL))
                    .add("JDK", () -> prepared(photos, decoders.jdk, Detail.ALL))
                    .add("Pillow", () -> byPillow(photos.size(), orders, answers))
                    .warmUp(photos.size() < MANY ? WARM_UPS : 1)
                    .run(rounds);
            System.out.printf(Locale.ROOT, "%s, %d rounds%n", title, rounds);
            turns.paces("photos");
            turns.ratio("reduced / Pillow", "reduced", "Pillow", BAR_PILLOW);
            turns.ratio("reduced / JDK", "reduced", "JDK", BAR_JDK);
            turns.ratio("whole / Pillow", "whole", "Pillow", 1);
        } finally {
            python.destroy();
        }
    }

    private static Measured prepared(List<byte[]> photos, ImageDecoder decoder, Detail detail) throws Exception {
        return Driven.bare(
                1,
                photos.size(),
                index -> decoder.decode(photos.get(index), detail, image -> {
                    // As a worker does once a model has run, for which the next one's memory need not be new.
                    ImagePreparation.prepare(DETECTOR, image).tensor().release();
                    ImagePreparation.prepare(ENCODER, image).tensor().release();
                    return image.width();
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
