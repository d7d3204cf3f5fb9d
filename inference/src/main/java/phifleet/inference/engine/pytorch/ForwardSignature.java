package phifleet.inference.engine.pytorch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import phifleet.inference.model.ModelException;

/**
 * What a TorchScript module's {@code forward} takes, read from its archive, since neither libtorch's C++ nor DJL says it.
 *
 * <p>An archive is a zip [1]. Its {@code data.pkl} is a pickle that begins with the class of the module (protocol 2, then the
 * GLOBAL opcode {@code c}, the class's package and its name, a line each), and {@code code/} holds that class as source: a
 * package {@code __torch__.a.b} is the file {@code code/__torch__/a/b.py}. All of it is written by {@code torch.jit.save}, in
 * one form, so a few patterns read it.
 *
 * <p>[1] PyTorch 2.7, torch/csrc/jit/docs/serialization.md.
 *
 * @param parameters in their order, without the module itself
 */
record ForwardSignature(List<Parameter> parameters) {
    /** The pickle's first class stands in its first bytes. */
    private static final int PICKLE_HEAD = 4096;

    private static final Pattern FIRST_CLASS = Pattern.compile("\\A\\x80\\x02c([\\w.]+)\n(\\w+)\n");
    private static final Pattern FORWARD = Pattern.compile("\\n  def forward\\(\\s*\\w+(?:: [\\w.]+)?");

    /**
     * One parameter.
     *
     * @param type as TorchScript spells it: {@code Tensor}, {@code Optional[Tensor]}, {@code Dict[str, Tensor]}
     * @param optional whether it has a default
     */
    record Parameter(String name, String type, boolean optional) {}

    ForwardSignature {
        parameters = List.copyOf(parameters);
    }

    /** Reads an archive; its errors say what the file is instead. */
    static ForwardSignature read(Path archive) throws ModelException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            ZipEntry pickle = zip.stream()
                    .filter(entry -> entry.getName().matches("[^/]+/data\\.pkl"))
                    .findFirst()
                    .orElseThrow(() -> notTorchScript(archive, "the zip has no data.pkl"));
            String top = pickle.getName().substring(0, pickle.getName().indexOf('/') + 1);
            Matcher module = FIRST_CLASS.matcher(head(zip, pickle));
            if (zip.stream().noneMatch(entry -> entry.getName().startsWith(top + "code/")) || !module.find()) {
                throw notTorchScript(archive, "it holds weights alone, without the code");
            }
            ZipEntry code = zip.getEntry(top + "code/" + module.group(1).replace('.', '/') + ".py");
            if (code == null) {
                throw notTorchScript(archive, "there is no code of " + module.group(1));
            }
            try (InputStream in = zip.getInputStream(code)) {
                return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), module.group(2));
            }
        } catch (IOException e) {
            throw notTorchScript(archive, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Finds a class's {@code forward}.
     *
     * @param source of the file that holds the class, as TorchScript writes it
     */
    static ForwardSignature parse(String source, String className) throws ModelException {
        int from = source.indexOf("class " + className + "(");
        int next = source.indexOf("\nclass ", from + 1);
        Matcher forward = FORWARD.matcher(source).region(Math.max(0, from), next < 0 ? source.length() : next);
        if (from < 0 || !forward.find()) {
            throw new ModelException("the module " + className + " has no forward method");
        }
        List<Parameter> parameters = new ArrayList<>();
        for (String parameter : topLevel(source, forward.end())) {
            int colon = parameter.indexOf(':');
            int equals = parameter.indexOf('=');
            String type = parameter.substring(colon + 1, equals < 0 ? parameter.length() : equals);
            parameters.add(new Parameter(parameter.substring(0, colon).strip(), type.strip(), equals >= 0));
        }
        return new ForwardSignature(parameters);
    }

    /** The texts between commas, from a place inside parentheses to their end; commas in brackets do not count. */
    private static List<String> topLevel(String source, int from) throws ModelException {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = from;
        for (int i = from; i < source.length(); i++) {
            char c = source.charAt(i);
            if ((c == ',' || c == ')') && depth == 0) {
                String part = source.substring(start, i);
                if (part.contains(":")) {
                    parts.add(part);
                }
                if (c == ')') {
                    return parts;
                }
                start = i + 1;
            } else if (c == '[' || c == '(') {
                depth++;
            } else if (c == ']' || c == ')') {
                depth--;
            }
        }
        throw new ModelException("the module's forward method has no end");
    }

    private static String head(ZipFile zip, ZipEntry pickle) throws IOException {
        try (InputStream in = zip.getInputStream(pickle)) {
            return new String(in.readNBytes(PICKLE_HEAD), StandardCharsets.ISO_8859_1);
        }
    }

    private static ModelException notTorchScript(Path archive, String reason) {
        return new ModelException(archive + " is not a TorchScript archive, as torch.jit.save writes it: " + reason);
    }
}
