package phifleet.inference.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import phifleet.inference.model.ModelException;
import phifleet.inference.onnx.ExternalWeights;
import phifleet.inference.onnx.OnnxSignature;

/** Whether a file of a model is what its name says, before an engine is given it. Every message has the path as the user gave it. */
final class ModelFile {
    private static final String POINTER = "version https://git-lfs";
    private static final int HEAD = 64;

    /** What a zip begins with, which a TorchScript archive is. */
    private static final String ZIP = "PK\u0003\u0004";

    private ModelFile() {}

    /**
     * Holds a file against what stands in a model's place most often: nothing, a pointer, a page that says that one must log in.
     *
     * @return the file
     */
    static Path check(Path file) throws ModelException {
        head(file);
        return file;
    }

    /** A TorchScript archive, as far as its first bytes say so. */
    static Path program(Path file) throws ModelException {
        if (!head(file).startsWith(ZIP)) {
            throw new ModelException(file + " is no TorchScript archive, which is a zip, as torch.jit.save writes it");
        }
        return file;
    }

    private static String head(Path file) throws ModelException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() == 0) {
                throw new ModelException(file + " is empty");
            }
            ByteBuffer head = ByteBuffer.allocate(HEAD);
            channel.read(head, 0);
            String start = StandardCharsets.US_ASCII.decode(head.flip()).toString();
            if (start.startsWith(POINTER)) {
                throw new ModelException(
                        file + " is a Git LFS pointer, not the model: run `git lfs pull` in its folder");
            }
            String page = start.stripLeading().toLowerCase(Locale.ROOT);
            if (page.startsWith("<!doctype html") || page.startsWith("<html")) {
                throw new ModelException(file + " is a web page, not the model: download it again");
            }
            return start;
        } catch (NoSuchFileException e) {
            throw new ModelException(file + " is not there", e);
        } catch (IOException e) {
            throw new ModelException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The inputs and outputs of an ONNX graph, whose file is whole, and so are those that it says to have its weights in. */
    static OnnxSignature graph(Path graph) throws ModelException {
        check(graph);
        OnnxSignature signature = signature(graph);
        for (Map.Entry<String, Long> weights : ExternalWeights.lengths(graph).entrySet()) {
            Path file = graph.resolveSibling(weights.getKey());
            if (!Files.isRegularFile(file)) {
                throw new ModelException(graph + " has weights in " + weights.getKey()
                        + ", which is not there: copy it beside the graph");
            }
            check(file);
            long found = length(file);
            if (found < weights.getValue()) {
                throw new ModelException(file + " is cut short: it has " + found + " bytes, and " + graph
                        + " has weights in it up to byte " + weights.getValue());
            }
        }
        return signature;
    }

    private static long length(Path file) throws ModelException {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new ModelException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static OnnxSignature signature(Path graph) throws ModelException {
        try (FileChannel channel = FileChannel.open(graph, StandardOpenOption.READ)) {
            return OnnxSignature.read(channel.map(MapMode.READ_ONLY, 0, channel.size()));
        } catch (IOException e) {
            throw new ModelException(graph + " cannot be read: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new ModelException(graph + " is no ONNX graph, or is cut short: " + e.getMessage(), e);
        }
    }
}
