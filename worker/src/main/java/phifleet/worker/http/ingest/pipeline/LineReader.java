package phifleet.worker.http.ingest.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;
import phifleet.inference.tensor.OcrModel;
import phifleet.inference.vision.decode.ImageException;
import phifleet.inference.vision.ocr.Characters;
import phifleet.inference.vision.ocr.Direction;
import phifleet.inference.vision.ocr.TextLine;

/**
 * Reads lines of text: a network tells which way up each is, another reads it, those of one width of all images in common
 * batches. The tensors of as many columns exist as are read at once. For virtual threads; thread-safe.
 */
final class LineReader {
    /** Columns that are read at once, twice as many where all lines are read both ways; some 3 kB come of each where there are 6,625 classes. */
    private static final int MOST_COLUMNS = 8192;

    /** By how much surer a reading must be to count against the network that tells directions. */
    private static final double CLEARLY = 0.1;

    private final DecodePool pool;
    private final Semaphore columns = new Semaphore(MOST_COLUMNS, true);

    LineReader(DecodePool pool) {
        this.pool = pool;
    }

    /** What each says. Those of one width go together. */
    List<Characters.Read> read(List<TextLine> lines, TextReaders models, Sight.Haste haste)
            throws Refusal, ImageException, ModelException, InterruptedException {
        List<Characters.Read> all = new ArrayList<>(Collections.nCopies(lines.size(), Characters.Read.NOTHING));
        List<Integer> places = IntStream.range(0, lines.size())
                .boxed()
                .sorted(Comparator.comparingInt(place -> lines.get(place).width()))
                .toList();
        int from = 0;
        while (from < places.size()) {
            int to = from;
            int room = 0;
            while (to < places.size() && room + lines.get(places.get(to)).width() <= MOST_COLUMNS) {
                room += lines.get(places.get(to++)).width();
            }
            List<Integer> some = places.subList(from, to);
            columns.acquire(room);
            try {
                List<Characters.Read> read =
                        readAtOnce(some.stream().map(lines::get).toList(), models, haste);
                for (int i = 0; i < some.size(); i++) {
                    all.set(some.get(i), read.get(i));
                }
            } finally {
                columns.release(room);
            }
            from = to;
        }
        return all;
    }

    /**
     * Those of some lines. One that seems to be upside down is read both ways: the network that tells is wrong of some long upright lines, and a
     * line that is read the wrong way round gives no clear text.
     */
    private List<Characters.Read> readAtOnce(List<TextLine> lines, TextReaders models, Sight.Haste haste)
            throws Refusal, ImageException, ModelException, InterruptedException {
        List<Tensor> seen =
                pool.run(() -> lines.stream().map(TextLine::forDirection).toList());
        List<TensorSet> directions = runAll(models.direction(), seen, haste);
        List<TextLine> ways = new ArrayList<>(lines);
        List<Integer> turned = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (Direction.isUpsideDown(OcrModel.found(directions.get(i)))) {
                turned.add(i);
                ways.add(lines.get(i).upsideDown());
            }
        }
        List<Tensor> given =
                pool.run(() -> ways.stream().map(TextLine::forReading).toList());
        List<TensorSet> found = runAll(models.recognizer(), given, haste);
        List<Characters.Read> read =
                pool.run(() -> read(found, models.recognizer().characters()));
        for (int i = 0; i < turned.size(); i++) {
            Characters.Read other = read.get(lines.size() + i);
            if (read.get(turned.get(i)).score() < other.score() + CLEARLY) {
                read.set(turned.get(i), other);
            }
        }
        return read;
    }

    private static List<Characters.Read> read(List<TensorSet> found, Characters characters) throws ModelException {
        List<Characters.Read> read = new ArrayList<>();
        for (TensorSet one : found) {
            read.add(characters.read(OcrModel.found(one)));
            one.release();
        }
        return read;
    }

    private static List<TensorSet> runAll(OcrModel model, List<Tensor> inputs, Sight.Haste haste)
            throws Refusal, InterruptedException {
        List<OcrPass> passes = new ArrayList<>();
        for (Tensor input : inputs) {
            passes.add(OcrPass.submit(model, input, haste));
        }
        List<TensorSet> found = new ArrayList<>();
        for (OcrPass pass : passes) {
            found.add(pass.found());
        }
        return found;
    }
}
