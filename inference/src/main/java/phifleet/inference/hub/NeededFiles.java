package phifleet.inference.hub;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import phifleet.inference.graph.EncoderGraph;
import phifleet.inference.hub.WeightsChoice.Form;
import phifleet.inference.model.ModelException;
import phifleet.inference.onnx.ExternalWeights;

/**
 * The least of a model's files that a sentence encoder is made of: what says how, and one set of weights, the one that
 * {@link HuggingFaceFolder} would choose if all were here. Asked in steps, as what is needed stands in what came before.
 *
 * @param tree what there is
 * @param root the model's folder in the tree
 * @param here where the bytes of a file of the tree are, once it has been got
 */
record NeededFiles(FileTree tree, Path root, FolderWishes wishes, UnaryOperator<Path> here) {
    private static final String MODULES = "modules.json";
    private static final String CONFIG = "config.json";
    private static final String TOKENIZER = "tokenizer.json";

    /** Files that say something by not being there. */
    static final List<String> TELLING = List.of(
            CONFIG,
            MODULES,
            "config_sentence_transformers.json",
            "sentence_bert_config.json",
            "sentence_roberta_config.json",
            "sentence_distilbert_config.json",
            "sentence_camembert_config.json",
            "sentence_albert_config.json",
            "sentence_xlm-roberta_config.json",
            "sentence_xlnet_config.json",
            "tokenizer_config.json",
            "1_Pooling/config.json");

    /** What says how: the JSON files of the model's own folder, which are small, but for the tokeniser. */
    Set<Path> settings() throws ModelException {
        Set<Path> files = new LinkedHashSet<>(json(root));
        if (tree.has(root.resolve("1_Pooling").resolve(CONFIG))) {
            files.add(root.resolve("1_Pooling").resolve(CONFIG));
        }
        return files;
    }

    /** Once {@link #settings} is here: what says how in the modules' folders. */
    Set<Path> modulesSettings() throws ModelException {
        Set<Path> files = new LinkedHashSet<>();
        for (ModuleList.Entry module : modules().all()) {
            files.addAll(json(module.folder()));
        }
        return files;
    }

    /** Once {@link #modulesSettings} is here: the weights, and the tokeniser. */
    Set<Path> weights() throws ModelException {
        ModuleList modules = modules();
        Set<Path> files = new LinkedHashSet<>();
        for (ModuleList.Entry module : modules.all()) {
            Path weights = module.folder().resolve("model.safetensors");
            boolean isNetwork = module.equals(modules.all().getFirst());
            if (!isNetwork && tree.has(weights)) {
                files.add(weights);
            } else if (!isNetwork && tree.has(module.folder().resolve(Pickles.USUAL))) {
                throw Pickles.notFetched(module.folder().resolve(Pickles.USUAL));
            }
        }
        files.addAll(mains(modules));
        files.addAll(TokenHeadFiles.files(tree, root));
        Path network = network(modules);
        files.add(TokenizerFile.find(tree, List.of(network, root), config(network))
                .orElseThrow(() -> new ModelException(root + " has no " + TOKENIZER)));
        return files;
    }

    /** Once {@link #weights} is here: the files that the weights' main file names. */
    Set<Path> behind() throws ModelException {
        Set<Path> files = new LinkedHashSet<>();
        for (Path main : mains(modules())) {
            files.addAll(behind(main));
        }
        return files;
    }

    private Set<Path> behind(Path main) throws ModelException {
        Set<String> names = new LinkedHashSet<>();
        if (main.toString().endsWith(".index.json")) {
            for (JsonNode file : JsonFile.read(here.apply(main)).at("weight_map")) {
                names.add(file.asText());
            }
        } else if (main.toString().endsWith(".onnx")) {
            names.addAll(ExternalWeights.of(here.apply(main)));
        }
        Set<Path> files = new LinkedHashSet<>();
        for (String name : names) {
            Path file = main.resolveSibling(name).normalize();
            if (!file.startsWith(root) || !tree.has(file)) {
                throw new ModelException(main + " names weights in " + name + ", which is not there");
            }
            files.add(file);
        }
        return files;
    }

    private ModuleList modules() throws ModelException {
        Path file = root.resolve(MODULES);
        return ModuleList.of(JsonFile.read(tree.has(file) ? here.apply(file) : file), root);
    }

    private Path configFile(Path network) {
        return tree.first(List.of(network, root), List.of(CONFIG)).orElse(root.resolve(CONFIG));
    }

    private JsonFile config(Path network) throws ModelException {
        Path config = configFile(network);
        return JsonFile.read(tree.has(config) ? here.apply(config) : config);
    }

    private Path network(ModuleList modules) throws ModelException {
        return modules.network().map(ModuleList.Entry::folder).orElse(root);
    }

    /** The main files of the weights: one, or one of texts and one of images. */
    private List<Path> mains(ModuleList modules) throws ModelException {
        Path network = network(modules);
        JsonFile settings = config(network);
        return TextImageFolder.isAt(tree, root, settings)
                ? TextImageFolder.graphs(tree, root, wishes)
                : List.of(main(modules, network, settings));
    }

    private Path main(ModuleList modules, Path network, JsonFile settings) throws ModelException {
        if (wishes.weights() != null && !tree.has(wishes.weights())) {
            throw new ModelException(wishes.weights() + " is not there");
        }
        if (modules.isTable(settings)) {
            Path table = Networks.tableFile(tree, network, root, wishes);
            if (table != null) {
                return table;
            }
        }
        WeightsChoice choice = WeightsChoice.find(tree, network, root, wishes, new Decisions());
        String type = settings.at("model_type").asText("");
        if (choice.form() == Form.SAFETENSORS && !EncoderGraph.isKnown(type)) {
            throw new ModelException(
                    configFile(network) + ": model_type " + (type.isEmpty() ? "is not there" : type + " is not known")
                            + "; weights alone can be run for " + EncoderGraph.known());
        }
        return choice.file();
    }

    private List<Path> json(Path folder) throws ModelException {
        List<Path> files = new ArrayList<>();
        if (tree.hasFolder(folder)) {
            for (Path file : tree.list(folder)) {
                String name = String.valueOf(file.getFileName());
                if ((name.endsWith(".json") && !name.endsWith(".index.json"))
                        || name.equals(MultiVectorFiles.STANFORD)) {
                    files.add(file);
                }
            }
        }
        return files;
    }
}
