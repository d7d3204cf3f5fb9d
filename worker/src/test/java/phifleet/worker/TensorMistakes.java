package phifleet.worker;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Every mistake with a tensor: in its declaration, its JSON, its bytes, and at {@code /predict}. */
final class TensorMistakes {
    static final String GOOD0 = Mistake.input("INPUT0", "[1,4]", "INT32", "[1,2,3,4]");
    static final String GOOD1 = Mistake.input("INPUT1", "[1,4]", "INT32", "[1,2,3,4]");

    private TensorMistakes() {}

    static List<Mistake> all() {
        List<Mistake> all = new ArrayList<>(tensors());
        all.addAll(bytes());
        all.addAll(predictions());
        return all;
    }

    private static List<Mistake> tensors() {
        return List.of(
                Mistake.infer(
                        "no inputs",
                        "",
                        "expected 2 inputs but got 0 inputs for model 'sum'",
                        "missing required input(s) ['INPUT0','INPUT1']"),
                Mistake.infer(
                        "an input is missing",
                        GOOD0,
                        "expected 2 inputs but got 1",
                        "Got input(s) ['INPUT0'], but missing required input(s) ['INPUT1']"),
                Mistake.infer("an input is twice there", GOOD0 + "," + GOOD0, "'INPUT0' is there twice"),
                Mistake.infer("too many inputs", GOOD0 + "," + GOOD1 + "," + GOOD0, "expected 2 inputs but got 3"),
                Mistake.infer(
                        "an unknown input",
                        GOOD0 + "," + Mistake.input("INPUT2", "[1,4]", "INT32", "[1,2,3,4]"),
                        "unexpected inference input 'INPUT2' for model 'sum'",
                        "[INPUT0, INPUT1]"),
                Mistake.infer(
                        "another type",
                        GOOD0 + "," + Mistake.input("INPUT1", "[1,4]", "FP32", "[1,2,3,4]"),
                        "'INPUT1' data-type is 'FP32', but model 'sum' expects 'INT32'"),
                Mistake.infer(
                        "no type at all",
                        GOOD0 + "," + Mistake.input("INPUT1", "[1,4]", "INT33", "[1,2,3,4]"),
                        "`inputs[1].datatype` must be one of BOOL",
                        "INT33"),
                Mistake.infer(
                        "another rank",
                        GOOD0 + "," + Mistake.input("INPUT1", "[4]", "INT32", "[1,2,3,4]"),
                        "'INPUT1'",
                        "Expected [-1, 4], got [4]"),
                Mistake.infer(
                        "another size",
                        GOOD0 + "," + Mistake.input("INPUT1", "[1,5]", "INT32", "[1,2,3,4,5]"),
                        "'INPUT1'",
                        "Expected [-1, 4], got [1, 5]"),
                Mistake.infer(
                        "too few elements",
                        GOOD0 + "," + Mistake.input("INPUT1", "[1,4]", "INT32", "[1,2,3]"),
                        "`inputs[1].data` has 3 elements; the shape [1, 4] wants 4"),
                Mistake.infer(
                        "too many elements",
                        GOOD0 + "," + Mistake.input("INPUT1", "[1,4]", "INT32", "[1,2,3,4,5]"),
                        "`inputs[1].data` has 5 elements; the shape [1, 4] wants 4"),
                Mistake.infer(
                        "a negative size",
                        GOOD0 + "," + Mistake.input("INPUT1", "[-1,4]", "INT32", "[1,2,3,4]"),
                        "`inputs[1].shape[0]` must be a whole number from 0 to 2147483647, was the number -1"),
                Mistake.infer(
                        "a size beyond 32 bits",
                        GOOD0 + "," + Mistake.input("INPUT1", "[99999999999,4]", "INT32", "[]"),
                        "`inputs[1].shape[0]` must be a whole number from 0 to 2147483647, was the number 99999999999"),
                Mistake.infer(
                        "sizes whose product is beyond 64 bits",
                        GOOD0 + "," + Mistake.input("INPUT1", "[" + "2147483647,".repeat(8) + "4]", "INT32", "[1]"),
                        "`inputs[1].data` has 1 elements",
                        "2147483647, 4] wants"),
                Mistake.infer(
                        "more axes than are taken",
                        GOOD0 + "," + Mistake.input("INPUT1", "[" + "1,".repeat(70) + "4]", "INT32", "[1]"),
                        "`inputs[1].shape`",
                        "at most 64"),
                Mistake.infer(
                        "no list of sizes",
                        GOOD0 + "," + Mistake.input("INPUT1", "4", "INT32", "[1,2,3,4]"),
                        "`inputs[1].shape` must be a list of sizes, was the number 4"),
                Mistake.infer(
                        "a fraction among whole numbers",
                        GOOD0 + "," + Mistake.input("INPUT1", "[1,4]", "INT32", "[1,2,3,4.5]"),
                        "`inputs[1].data[3]` must be a whole number from -2147483648 to 2147483647, was the number 4.5"),
                Mistake.infer(
                        "a number beyond its type",
                        GOOD0 + "," + Mistake.input("INPUT1", "[1,4]", "INT32", "[1,2,3,2147483648]"),
                        "`inputs[1].data[3]`",
                        "was the number 2147483648"),
                Mistake.infer(
                        "a text among numbers",
                        GOOD0 + "," + Mistake.input("INPUT1", "[1,4]", "INT32", "[1,2,3,\"4\"]"),
                        "`inputs[1].data[3]`",
                        "was the string \"4\""),
                Mistake.infer(
                        "null for an element",
                        GOOD0 + "," + Mistake.input("INPUT1", "[1,4]", "INT32", "[1,2,3,null]"),
                        "`inputs[1].data[3]`",
                        "was null"),
                Mistake.infer(
                        "an output that there is not",
                        GOOD0 + "," + GOOD1 + "],\"outputs\":[{\"name\":\"OUTPUT9\"}",
                        "unexpected inference output 'OUTPUT9' for model 'sum'",
                        "[OUTPUT0]"),
                Mistake.infer(
                        "a negative count of classes",
                        GOOD0 + "," + GOOD1
                                + "],\"outputs\":[{\"name\":\"OUTPUT0\",\"parameters\":{\"classification\":-1}}",
                        "classification",
                        "-1"),
                Mistake.json(
                        "NaN, which JSON has not",
                        "/v2/models/floats/infer",
                        "{\"inputs\":[" + Mistake.input("x", "[1,2]", "FP32", "[1,NaN]") + "]}",
                        400,
                        "`inputs[0].data[1]` must be a finite number, was the number NaN"),
                Mistake.json(
                        "infinity, which JSON has not",
                        "/v2/models/floats/infer",
                        "{\"inputs\":[" + Mistake.input("x", "[1,2]", "FP32", "[-Infinity,1]") + "]}",
                        400,
                        "`inputs[0].data[0]` must be a finite number, was the number -Infinity"),
                Mistake.json(
                        "a number beyond 32-bit floats",
                        "/v2/models/floats/infer",
                        "{\"inputs\":[" + Mistake.input("x", "[1,2]", "FP32", "[1,1e39]") + "]}",
                        400,
                        "`inputs[0].data[1]`",
                        "at most 3.4028235E38",
                        "1e39"),
                Mistake.json(
                        "a model that there is not",
                        "/v2/models/nobody/infer",
                        "{\"inputs\":[" + GOOD0 + "]}",
                        404,
                        "'nobody' does not exist",
                        "sum"));
    }

    private static List<Mistake> bytes() {
        byte[] two = {1, 0, 0, 0, 'a', 1, 0, 0, 0, 'b'};
        List<Mistake> all = new ArrayList<>(List.of(
                Mistake.binary(
                        "fewer bytes than elements",
                        "floats",
                        "[1,2]",
                        "FP32",
                        7,
                        new byte[7],
                        "input 'x' has 7 bytes; FP32 of shape [1, 2] wants 8"),
                Mistake.binary(
                        "bytes that nobody sent",
                        "floats",
                        "[1,2]",
                        "FP32",
                        8,
                        new byte[3],
                        "input 'x' has binary_data_size 8, and 3 bytes are left behind the JSON"),
                Mistake.binary(
                        "bytes that belong to nobody",
                        "floats",
                        "[1,2]",
                        "FP32",
                        8,
                        new byte[11],
                        "3 bytes behind the JSON belong to no input"),
                Mistake.binary(
                        "an element cut short, of 16 bits",
                        "halves",
                        "[1,2]",
                        "FP16",
                        3,
                        new byte[3],
                        "input 'x' has 3 bytes; FP16 of shape [1, 2] wants 4"),
                Mistake.binary(
                        "a negative count of bytes",
                        "floats",
                        "[1,2]",
                        "FP32",
                        -8,
                        new byte[8],
                        "binary_data_size",
                        "-8"),
                Mistake.binary(
                        "a string's length cut short",
                        "words",
                        "[1,2]",
                        "BYTES",
                        7,
                        Arrays.copyOf(two, 7),
                        "input 'x' is cut short in string 1: its length wants 4 bytes"),
                Mistake.binary(
                        "a string cut short",
                        "words",
                        "[1,2]",
                        "BYTES",
                        9,
                        Arrays.copyOf(two, 9),
                        "input 'x' is cut short in string 1: its length is 1, and 0 bytes are left"),
                Mistake.binary(
                        "a string of 4 GB",
                        "words",
                        "[1,2]",
                        "BYTES",
                        5,
                        new byte[] {-1, -1, -1, -1, 'a'},
                        "input 'x' is cut short in string 0: its length is 4294967295, and 1 bytes are left"),
                Mistake.binary(
                        "too few strings", "words", "[2,2]", "BYTES", 10, two, "input 'x' has 2 strings", "wants 4"),
                Mistake.binary(
                        "a string that is no text",
                        "words",
                        "[1,2]",
                        "BYTES",
                        10,
                        new byte[] {1, 0, 0, 0, (byte) 0xff, 1, 0, 0, 0, 'b'},
                        "input 'x' is not UTF-8 in string 0")));
        for (String length : List.of("9999", "-1", "x", "4294967300")) {
            all.add(new Mistake(
                    "a head of " + length + " bytes",
                    "/v2/models/floats/infer",
                    Mistake.LENGTH,
                    length,
                    ByteBuffer.wrap("{\"inputs\":[]}".getBytes(StandardCharsets.UTF_8)),
                    400,
                    List.of(Mistake.LENGTH, "0 to the body's 13 bytes", "'" + length + "'")));
        }
        all.add(new Mistake(
                "raw bytes that make no row",
                "/v2/models/floats/infer",
                Mistake.LENGTH,
                "0",
                ByteBuffer.wrap(new byte[5]),
                400,
                List.of("input 'x' has 5 bytes")));
        all.add(new Mistake(
                "raw bytes for two inputs",
                "/v2/models/sum/infer",
                Mistake.LENGTH,
                "0",
                ByteBuffer.wrap(new byte[16]),
                400,
                List.of("model 'sum' has 2")));
        all.add(Mistake.json(
                "an index that no row has",
                "/v2/models/lookup/infer",
                "{\"inputs\":[" + Mistake.input("table", "[2,2]", "FP32", "[1,2,3,4]") + ","
                        + Mistake.input("index", "[1]", "INT32", "[5]") + "]}",
                400,
                "the model cannot take these values",
                "idx=5",
                "[-2,1]"));
        all.add(Mistake.json(
                "shapes that do not broadcast",
                "/v2/models/any-sum/infer",
                "{\"inputs\":[" + Mistake.input("left", "[1,2]", "FP32", "[1,2]") + ","
                        + Mistake.input("right", "[1,3]", "FP32", "[1,2,3]") + "]}",
                400,
                "the model cannot take these values: any-sum was given left [1, 2], right [1, 3]: ",
                "broadcast"));
        all.add(Mistake.json(
                "shapes that do not multiply",
                "/v2/models/product/infer",
                "{\"inputs\":[" + Mistake.input("left", "[1,2]", "FP32", "[1,2]") + ","
                        + Mistake.input("right", "[16,1]", "FP32", "[" + "1,".repeat(15) + "1]") + "]}",
                400,
                "product was given left [1, 2], right [16, 1]: ",
                "Status Message: MatMul dimension mismatch"));
        all.add(new Mistake(
                "a body beyond its limit",
                "/v2/models/floats/infer",
                Mistake.LENGTH,
                "0",
                ByteBuffer.wrap(new byte[2_000_001]),
                413,
                List.of("2000000")));
        return all;
    }

    private static List<Mistake> predictions() {
        return List.of(
                Mistake.json(
                        "no inputs, named",
                        "/predict/sum",
                        "{}",
                        400,
                        "`inputs.INPUT0` is missing: INT32 of shape [-1, 4]"),
                Mistake.json(
                        "an index that no row has, named",
                        "/predict/lookup",
                        "{\"inputs\":{\"table\":[[1,2],[3,4]],\"index\":[-3]}}",
                        400,
                        "the model cannot take these values",
                        "idx=-3"),
                Mistake.json(
                        "shapes that do not broadcast, named",
                        "/predict/any-sum",
                        "{\"inputs\":{\"left\":[[1,2]],\"right\":[[1,2,3]]}}",
                        400,
                        "any-sum was given left [1, 2], right [1, 3]: ",
                        "Status Message: Attempting to broadcast"),
                Mistake.json(
                        "an unknown input, named",
                        "/predict/sum",
                        "{\"inputs\":{\"INPUT7\":[[1,2,3,4]]}}",
                        400,
                        "the model has no input 'INPUT7'; it has [INPUT0, INPUT1]"),
                Mistake.json(
                        "another rank, nested",
                        "/predict/floats",
                        "{\"inputs\":{\"x\":[1,2]}}",
                        400,
                        "`inputs.x` must have the shape [-1, 2], where -1 is any size; it has [2]"),
                Mistake.json(
                        "rows of two lengths",
                        "/predict/floats",
                        "{\"inputs\":{\"x\":[[1,2],[3]]}}",
                        400,
                        "`inputs.x` is not the same along its axis 1: first 2 entries, then 1 entries"),
                Mistake.json(
                        "NaN, nested",
                        "/predict/floats",
                        "{\"inputs\":{\"x\":[[1,NaN]]}}",
                        400,
                        "`inputs.x[1]` must be a finite number, was the number NaN"),
                Mistake.json(
                        "an image for tensors",
                        "/predict/floats",
                        "{\"image\":\"AAAA\"}",
                        400,
                        "`image` is no field of a request to this model"));
    }
}
