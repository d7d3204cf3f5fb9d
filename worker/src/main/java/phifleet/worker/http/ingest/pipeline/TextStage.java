package phifleet.worker.http.ingest.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.TensorSet;
import phifleet.inference.tensor.OcrModel;
import phifleet.inference.vision.decode.Detail;
import phifleet.inference.vision.decode.ImageDecoder;
import phifleet.inference.vision.decode.ImageException;
import phifleet.inference.vision.ocr.Characters;
import phifleet.inference.vision.ocr.Point;
import phifleet.inference.vision.ocr.TextLine;
import phifleet.inference.vision.ocr.TextPage;
import phifleet.worker.index.WrittenLine;

/**
 * Reads the text in images: a network finds lines, which are then read ({@link LineReader}). An image is decoded for it, once there is room: its
 * page's pixels and tensors exist while it is read, and all pages' together take up to a share of the heap's size. For virtual threads; thread-safe.
 */
final class TextStage {
    /** What a pixel of a detector's input takes: three numbers, one of the answer, and the page's own. */
    private static final int BYTES_PER_PIXEL = 20;

    private static final int PART_OF_HEAP = 3;

    /** Characters of one image that are kept, those that are read first. */
    private static final int MOST_CHARACTERS = 32_768;

    private final ImageDecoder decoder;
    private final DecodePool pool;
    private final double score;
    private final Semaphore pixels = new Semaphore(
            (int) Math.clamp(
                    Runtime.getRuntime().maxMemory() / PART_OF_HEAP / BYTES_PER_PIXEL,
                    TextPage.mostInputPixels(),
                    Integer.MAX_VALUE),
            true);
    private final LineReader reader;

    /** @param score that a line must reach */
    TextStage(ImageDecoder decoder, DecodePool pool, double score) {
        this.decoder = decoder;
        this.pool = pool;
        this.score = score;
        this.reader = new LineReader(pool);
    }

    /**
     * The lines of an image, in the order in which they are read.
     *
     * @param width of the image, upright, in pixels
     */
    List<WrittenLine> read(byte[] file, int width, int height, TextReaders models, Sight.Haste haste)
            throws Refusal, ImageException, ModelException, InterruptedException {
        int room = Math.toIntExact(TextPage.inputPixels(width, height));
        pixels.acquire(room);
        try {
            TextPage page = pool.run(() -> decoder.decode(file, Detail.ALL, image -> TextPage.of(image.kept())));
            return kept(page, page(page, models, haste), models, haste);
        } finally {
            pixels.release(room);
        }
    }

    private List<TextLine> page(TextPage page, TextReaders models, Sight.Haste haste)
            throws Refusal, ImageException, ModelException, InterruptedException {
        TensorSet map =
                OcrPass.submit(models.detector(), pool.run(page::input), haste).found();
        List<TextLine> lines = pool.run(() -> page.lines(OcrModel.found(map)));
        map.release();
        return lines;
    }

    private List<WrittenLine> kept(TextPage page, List<TextLine> lines, TextReaders models, Sight.Haste haste)
            throws Refusal, ImageException, ModelException, InterruptedException {
        List<Characters.Read> all = reader.read(lines, models, haste);
        List<WrittenLine> kept = new ArrayList<>();
        int characters = 0;
        for (int i = 0; i < lines.size(); i++) {
            Characters.Read read = all.get(i);
            String text = read.text().strip();
            characters += text.length();
            if (characters > MOST_CHARACTERS) {
                break;
            }
            if (!text.isEmpty() && read.score() >= score) {
                kept.add(new WrittenLine(text, (float) read.score(), corners(page, lines.get(i))));
            }
        }
        return kept;
    }

    private static List<Float> corners(TextPage page, TextLine line) {
        List<Float> numbers = new ArrayList<>();
        for (Point corner : page.place(line).corners()) {
            numbers.add((float) corner.x());
            numbers.add((float) corner.y());
        }
        return numbers;
    }
}
