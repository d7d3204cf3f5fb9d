package phifleet.worker;

import static phifleet.worker.ExampleGraphs.FP32;
import static phifleet.worker.ExampleGraphs.floats;
import static phifleet.worker.ExampleGraphs.integer;
import static phifleet.worker.ExampleGraphs.integers;
import static phifleet.worker.ExampleGraphs.model;
import static phifleet.worker.ExampleGraphs.node;
import static phifleet.worker.ExampleGraphs.value;
import static phifleet.worker.ExampleGraphs.write;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import phifleet.inference.onnx.ProtoWriter;

/**
 * Graphs that read as a reader of text does, of an alphabet of two characters: a red field is an {@code r}, a blue one a {@code b}. A line whose
 * red is to its right is upside down.
 */
final class OcrGraphs {
    private OcrGraphs() {}

    /** Whatever is no bright pixel is a line's. */
    static void detector(Path file) throws IOException {
        write(
                file,
                model(
                        List.of(
                                node("ReduceMean", "brightness", "x")
                                        .message(5, integers("axes", 1))
                                        .message(5, integer("keepdims", 1)),
                                node("Mul", "darkness", "brightness", "less"),
                                node("Sigmoid", "map", "darkness")),
                        List.of(floats("less", List.of(1), -10)),
                        List.of(value("x", FP32, -1, 3, -1, -1)),
                        List.of(value("map", FP32, -1, 1, -1, -1))));
    }

    /** How red the left half of a line is, and the right one. */
    static void direction(Path file) throws IOException {
        write(
                file,
                model(
                        List.of(
                                node("AveragePool", "halves", "x")
                                        .message(5, integers("kernel_shape", 48, 96))
                                        .message(5, integers("strides", 48, 96)),
                                node("Conv", "red", "halves", "reds"),
                                node("Flatten", "two", "red"),
                                node("Softmax", "ways", "two").message(5, integer("axis", 1))),
                        List.of(floats("reds", List.of(1, 3, 1, 1), -10, 0, 10)),
                        List.of(value("x", FP32, -1, 3, -1, -1)),
                        List.of(value("ways", FP32, -1, 2))));
    }

    /** @param characters that its metadata have, one a line */
    static void recognizer(Path file, String characters) throws IOException {
        ProtoWriter model = model(
                List.of(
                        node("ReduceMean", "columns", "x")
                                .message(5, integers("axes", 2))
                                .message(5, integer("keepdims", 0)),
                        node("Transpose", "rows", "columns").message(5, integers("perm", 0, 2, 1)),
                        node("MatMul", "colours", "rows", "weights"),
                        node("Add", "sure", "colours", "bias"),
                        node("Softmax", "classes", "sure").message(5, integer("axis", 2))),
                List.of(
                        // Nothing, b, r, space; of blue, green and red.
                        floats("weights", List.of(3, 4), 0, 30, -30, 0, 0, 0, 0, 0, 0, -30, 30, 0),
                        floats("bias", List.of(4), 8, 0, 0, -20)),
                List.of(value("x", FP32, -1, 3, 48, -1)),
                List.of(value("classes", FP32, -1, -1, 4)));
        write(file, model.message(14, new ProtoWriter().text(1, "character").text(2, characters)));
    }

    /** A white picture with a line for each text, one below the other, as it is seen: {@code rb} is red and then blue. */
    static BufferedImage picture(String... lines) {
        BufferedImage picture = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 640, 480);
        for (int line = 0; line < lines.length; line++) {
            for (int i = 0; i < lines[line].length(); i++) {
                graphics.setColor(lines[line].charAt(i) == 'r' ? Color.RED : Color.BLUE);
                graphics.fillRect(100 + 60 * i, 60 + 90 * line, 60, 20);
            }
        }
        graphics.dispose();
        return picture;
    }
}
