package phifleet.worker.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import phifleet.common.settings.SettingsException;
import phifleet.common.settings.SettingsReader;
import phifleet.gateway.GatewaySettings;
import phifleet.inference.engine.tokenizer.HuggingFaceTextTokenizer;
import phifleet.inference.graph.safetensors.Safetensors;
import phifleet.inference.hub.FolderWishes;
import phifleet.inference.hub.HuggingFaceFolder;
import phifleet.inference.model.ModelException;
import phifleet.inference.onnx.LogitScalars;
import phifleet.inference.onnx.OnnxSignature;
import phifleet.worker.SettingsFiles;

/** The readers of files, each with inputs that are nearly what it reads. */
final class FileTargets {
    private static final List<String> TOKENIZERS = List.of(
            "{\"version\":\"1.0\",\"truncation\":null,\"padding\":null,\"added_tokens\":[{\"id\":0,\"content\":\"[UNK]\",\"special\":true,"
                    + "\"single_word\":false,\"lstrip\":false,\"rstrip\":false,\"normalized\":false}],\"normalizer\":{\"type\":\"BertNormalizer\","
                    + "\"clean_text\":true,\"handle_chinese_chars\":true,\"strip_accents\":null,\"lowercase\":true},\"pre_tokenizer\":{\"type\":"
                    + "\"BertPreTokenizer\"},\"post_processor\":null,\"decoder\":{\"type\":\"WordPiece\",\"prefix\":\"##\",\"cleanup\":true},\"model\":"
                    + "{\"type\":\"WordPiece\",\"unk_token\":\"[UNK]\",\"continuing_subword_prefix\":\"##\",\"max_input_chars_per_word\":100,"
                    + "\"vocab\":{\"[UNK]\":0,\"a\":1,\"b\":2,\"##a\":3}}}",
            "{\"version\":\"1.0\",\"added_tokens\":[],\"normalizer\":null,\"pre_tokenizer\":{\"type\":\"ByteLevel\",\"add_prefix_space\":false,"
                    + "\"trim_offsets\":true,\"use_regex\":true},\"post_processor\":null,\"decoder\":{\"type\":\"ByteLevel\"},\"model\":{\"type\":\"BPE\","
                    + "\"dropout\":null,\"unk_token\":null,\"vocab\":{\"a\":0,\"b\":1,\"ab\":2},\"merges\":[\"a b\"]}}",
            "{\"version\":\"1.0\",\"added_tokens\":[],\"normalizer\":null,\"pre_tokenizer\":{\"type\":\"Metaspace\",\"replacement\":\"_\","
                    + "\"prepend_scheme\":\"always\"},\"model\":{\"type\":\"Unigram\",\"unk_id\":0,\"vocab\":[[\"<unk>\",0.0],[\"a\",-1.0],[\"b\",-2.5]]}}");
    private static final String CONFIG =
            "{\"model_type\":\"bert\",\"hidden_size\":4,\"num_hidden_layers\":1,\"num_attention_heads\":2,\"intermediate_size\":8,"
                    + "\"hidden_act\":\"gelu\",\"vocab_size\":4,\"max_position_embeddings\":16,\"type_vocab_size\":2,\"pad_token_id\":0,"
                    + "\"layer_norm_eps\":1e-12,\"position_embedding_type\":\"absolute\",\"torch_dtype\":\"float32\"}";
    private static final Map<String, String> FOLDER = folder();

    private FileTargets() {}

    private static Map<String, String> folder() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("config.json", CONFIG);
        files.put("tokenizer.json", TOKENIZERS.getFirst());
        files.put("tokenizer_config.json", "{\"model_max_length\":16,\"do_lower_case\":true}");
        files.put(
                "modules.json",
                "[{\"idx\":0,\"name\":\"0\",\"path\":\"\",\"type\":\"sentence_transformers.models.Transformer\"},{\"idx\":1,\"name\":\"1\","
                        + "\"path\":\"1_Pooling\",\"type\":\"sentence_transformers.models.Pooling\"},{\"idx\":2,\"name\":\"2\",\"path\":\"2_Dense\","
                        + "\"type\":\"sentence_transformers.models.Dense\"},{\"idx\":3,\"name\":\"3\",\"path\":\"3_Normalize\",\"type\":"
                        + "\"sentence_transformers.models.Normalize\"}]");
        files.put("1_Pooling/config.json", "{\"word_embedding_dimension\":4,\"pooling_mode_mean_tokens\":true}");
        files.put(
                "2_Dense/config.json",
                "{\"in_features\":4,\"out_features\":2,\"bias\":true,\"activation_function\":\"torch.nn.modules.activation.Tanh\"}");
        files.put("sentence_bert_config.json", "{\"max_seq_length\":16,\"do_lower_case\":false}");
        files.put(
                "config_sentence_transformers.json",
                "{\"prompts\":{\"query\":\"q: \"},\"default_prompt_name\":\"query\",\"truncate_dim\":2}");
        return files;
    }

    /**
     * All of them.
     *
     * @param scratch a folder for what is written
     * @param root of the checkout, with its settings files
     */
    static List<Target> all(Path scratch, Path root) throws IOException {
        Path weights = scratch.resolve("model.safetensors");
        Path joint = scratch.resolve("joint.onnx");
        Path index = scratch.resolve("model.safetensors.index.json");
        Path model = Files.createDirectories(scratch.resolve("model"));
        Files.write(
                scratch.resolve("part.safetensors"),
                tensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8));
        String worker = Files.readString(root.resolve("config/worker.yaml"));
        String gateway = Files.readString(root.resolve("config/gateway.yaml"));
        String models = Files.readString(root.resolve("config/models.yaml")).replaceAll("(?m)^# ?", "");
        return List.of(
                new FileTarget(
                        "protobuf",
                        FileTargets::onnx,
                        bytes -> OnnxSignature.read(ByteBuffer.wrap(bytes)),
                        IllegalArgumentException.class),
                new FileTarget(
                        "joint graph",
                        FileTargets::onnx,
                        bytes -> {
                            Files.write(joint, bytes);
                            LogitScalars.of(joint, "logits_per_image");
                        },
                        IllegalArgumentException.class),
                new FileTarget(
                        "safetensors",
                        FileTargets::safetensors,
                        bytes -> {
                            Files.write(weights, bytes);
                            Safetensors read = Safetensors.read(weights);
                            for (String name : read.names()) {
                                read.floats(name);
                            }
                        },
                        ModelException.class),
                new FileTarget(
                        "safetensors index",
                        random -> changed(
                                "{\"metadata\":{\"total_size\":8},\"weight_map\":{\"a\":\"part.safetensors\"}}",
                                random),
                        bytes -> {
                            Files.write(index, bytes);
                            Safetensors.read(index);
                        },
                        ModelException.class),
                new FileTarget(
                        "model folder",
                        random -> folder(model, random),
                        bytes -> HuggingFaceFolder.read(model, FolderWishes.NONE),
                        ModelException.class),
                new FileTarget(
                        "tokenizer",
                        random -> changed(Mutations.one(TOKENIZERS, random), random),
                        FileTargets::tokenize,
                        ModelException.class),
                new FileTarget(
                        "worker settings",
                        random -> changed(worker, random),
                        bytes -> SettingsFiles.readWorker(text(bytes)),
                        SettingsException.class),
                new FileTarget(
                        "model settings",
                        random -> changed(models, random),
                        bytes -> SettingsFiles.readModels(text(bytes)),
                        SettingsException.class),
                new FileTarget(
                        "gateway settings",
                        random -> changed(gateway, random),
                        bytes -> {
                            SettingsReader reader =
                                    SettingsReader.ofYaml("gateway.yaml", text(bytes), "PHI_", Map.of());
                            GatewaySettings.read(reader);
                            reader.finish();
                        },
                        SettingsException.class));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] changed(String text, RandomGenerator random) {
        return Mutations.of(text.getBytes(StandardCharsets.UTF_8), random);
    }

    /** What cannot be tokenised by what could be read is a matter of the request. */
    private static void tokenize(byte[] bytes) throws ModelException {
        HuggingFaceTextTokenizer tokenizer = HuggingFaceTextTokenizer.load(bytes, "tokenizer.json");
        try {
            tokenizer.decode(tokenizer.encode("a b ab \u00e9\ud83d\ude00", true), false);
            tokenizer.tokens("", false);
        } catch (RuntimeException e) {
            // Refused by the library, with a reason.
        }
    }

    /** Writes all files of a folder, one of them changed, and gives that one. */
    private static byte[] folder(Path folder, RandomGenerator random) {
        Map.Entry<String, String> chosen = Mutations.one(List.copyOf(FOLDER.entrySet()), random);
        byte[] changed = changed(chosen.getValue(), random);
        try {
            for (Map.Entry<String, String> file : FOLDER.entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.resolveSibling(""));
                Files.write(
                        path,
                        file.getKey().equals(chosen.getKey())
                                ? changed
                                : file.getValue().getBytes(StandardCharsets.UTF_8));
            }
            Files.write(
                    folder.resolve("2_Dense/model.safetensors"),
                    tensors(
                            "{\"linear.weight\":{\"dtype\":\"F32\",\"shape\":[2,4],\"data_offsets\":[0,32]},"
                                    + "\"linear.bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[32,40]}}",
                            40));
            Files.write(
                    folder.resolve("model.safetensors"),
                    tensors(
                            "{\"embeddings.word_embeddings.weight\":{\"dtype\":\"F32\",\"shape\":[4,4],\"data_offsets\":[0,64]}}",
                            64));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return changed;
    }

    private static byte[] tensors(String header, int dataBytes) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + json.length + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
    }

    private static byte[] safetensors(RandomGenerator random) {
        List<String> types = List.of("F32", "F16", "BF16", "F64", "I64", "BOOL", "F8_E4M3", "");
        StringBuilder header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
        int at = 0;
        for (int i = random.nextInt(4); i >= 0; i--) {
            int length = random.nextInt(5) * 4;
            header.append(",\"t").append(i).append("\":{\"dtype\":\"").append(Mutations.one(types, random));
            header.append("\",\"shape\":[")
                    .append(length / 4)
                    .append("],\"data_offsets\":[")
                    .append(at)
                    .append(',');
            at += length;
            header.append(at).append("]}");
        }
        byte[] file = tensors(
                random.nextInt(3) == 0
                        ? Mutations.of(header.append('}').toString(), random)
                        : header.append('}').toString(),
                at);
        return random.nextInt(3) == 0 ? Mutations.of(file, random) : file;
    }

    /** A message of messages, with the numbers that an ONNX model's have. */
    private static byte[] onnx(RandomGenerator random) {
        byte[] model = message(List.of(7, 11, 12, 2, 1, 1, 2, 1, 1), 0, random);
        return random.nextInt(2) == 0 ? Mutations.of(model, random) : model;
    }

    private static byte[] message(List<Integer> numbers, int depth, RandomGenerator random) {
        ByteBuffer out = ByteBuffer.allocate(4_096);
        for (int fields = 1 + random.nextInt(3); fields > 0; fields--) {
            int number = random.nextInt(4) == 0 ? random.nextInt(20) : numbers.get(depth);
            if (depth + 1 == numbers.size() || random.nextInt(5) == 0) {
                varint((long) number << 3, out);
                varint(random.nextLong() >> random.nextInt(64), out);
            } else {
                byte[] inner = random.nextInt(5) == 0
                        ? "name".getBytes(StandardCharsets.UTF_8)
                        : message(numbers, depth + 1, random);
                if (inner.length + 12 > out.remaining()) {
                    break;
                }
                varint((long) number << 3 | 2, out);
                varint(inner.length, out);
                out.put(inner);
            }
        }
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    private static void varint(long value, ByteBuffer out) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }
}
