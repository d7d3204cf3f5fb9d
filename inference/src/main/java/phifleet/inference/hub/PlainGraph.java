package phifleet.inference.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import phifleet.inference.graph.OnnxSignature;
import phifleet.inference.model.ModelException;

/** A network alone, an ONNX graph or a TorchScript program: a file, or a folder that holds one and says nothing of texts. */
public final class PlainGraph {
    private static final String GRAPH = ".onnx";
    private static final List<String> PROGRAMS = List.of(".pt", ".jit", ".torchscript");
    private static final List<String> USUAL = List.of("model.onnx", "model.pt");

    /** What a zip begins with, which a TorchScript archive is. */
    private static final String ZIP = "PK\u0003\u0004";

    private static final String POINTER = "version https://git-lfs";

    private PlainGraph() {}

    /** Whether a path is such a file or folder: one with a tokeniser or a list of modules is an encoder's. */
    public static boolean isAt(Path path) {
        if (Files.isRegularFile(path)) {
            return isNetwork(path);
        }
        return Files.isDirectory(path)
                && Stream.of("tokenizer.json", "modules.json", "config.json")
                        .noneMatch(file -> Files.exists(path.resolve(file)))
                && !graphs(path).isEmpty();
    }

    /** Whether a network that was found is a TorchScript program, by its name. */
    public static boolean isProgram(Path network) {
        return PROGRAMS.stream().anyMatch(name(network)::endsWith);
    }

    /**
     * Finds the network.
     *
     * @throws ModelException if there is none, or several, or the file is none: the message has the path as given
     */
    public static Path find(Path path) throws ModelException {
        Path graph = Files.isDirectory(path) ? only(path) : path;
        check(graph);
        return graph;
    }

    private static Path only(Path folder) throws ModelException {
        List<Path> graphs = graphs(folder);
        for (String usual : USUAL) {
            if (graphs.contains(folder.resolve(usual))) {
                return folder.resolve(usual);
            }
        }
        if (graphs.size() != 1) {
            throw new ModelException(
                    graphs.isEmpty()
                            ? folder + " has no .onnx file and no TorchScript (" + String.join(", ", PROGRAMS) + ")"
                            : folder + " has several networks, "
                                    + graphs.stream().map(Path::getFileName).toList() + "; name one with path:");
        }
        return graphs.getFirst();
    }

    private static List<Path> graphs(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Files.isRegularFile(file) && isNetwork(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static void check(Path graph) throws ModelException {
        try (FileChannel channel = FileChannel.open(graph)) {
            if (channel.size() == 0) {
                throw new ModelException(graph + " is empty");
            }
            ByteBuffer head = ByteBuffer.allocate(POINTER.length());
            channel.read(head, 0);
            if (new String(head.array(), StandardCharsets.US_ASCII).equals(POINTER)) {
                throw new ModelException(
                        graph + " is a Git LFS pointer, not the model: run `git lfs pull` in its folder");
            }
            if (isProgram(graph)) {
                if (!new String(head.array(), StandardCharsets.US_ASCII).startsWith(ZIP)) {
                    throw new ModelException(
                            graph + " is no TorchScript archive, which is a zip, as torch.jit.save writes it");
                }
                return;
            }
            OnnxSignature.read(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
        } catch (IOException e) {
            throw new ModelException(graph + " cannot be read: " + e, e);
        } catch (RuntimeException e) {
            throw new ModelException(graph + " is no ONNX graph, or is cut short: " + e.getMessage(), e);
        }
    }

    private static boolean isNetwork(Path file) {
        return name(file).endsWith(GRAPH) || isProgram(file);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    }
}
