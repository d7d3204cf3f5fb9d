package phifleet.benchmark.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import phifleet.benchmark.plan.BenchmarkSettings.TestConfig;
import phifleet.benchmark.targets.Dialect;
import phifleet.benchmark.targets.TargetSettings;

/**
 * Reads {@code config/benchmark.yaml}. Without scenarios or targets in it there are the usual ones; without models it is their table in
 * the file {@code models.yaml} beside it.
 */
public final class SettingsFile {
    private static final int MOST_TOKENS = 8192;
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";
    private static final String MODELS = "models";
    private static final String MODELS_FILE = "models.yaml";

    private final List<String> mistakes = new ArrayList<>();

    private SettingsFile() {}

    /** Reads a file; all that is wrong in it comes in one failure. */
    public static BenchmarkSettings read(Path file) throws IOException, PlanException {
        JsonNode tree = tree(file);
        Path models = file.resolveSibling(MODELS_FILE);
        return tree.has(MODELS) || !Files.exists(models)
                ? read(file.toString(), tree)
                : read(file.toString(), tree, tree(models));
    }

    private static JsonNode tree(Path file) throws IOException, PlanException {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try (Reader reader = Files.newBufferedReader(file)) {
            Object tree = new Yaml(new SafeConstructor(options)).load(reader);
            return new JsonMapper().valueToTree(tree == null ? Map.of() : tree);
        } catch (YAMLException e) {
            throw new PlanException(file.toString(), List.of(String.valueOf(e.getMessage())));
        }
    }

    static BenchmarkSettings read(String name, JsonNode tree) throws PlanException {
        return read(name, tree, MissingNode.getInstance());
    }

    /** {@code table} is the file of models; missing where there is none, or none is wanted. */
    private static BenchmarkSettings read(String name, JsonNode tree, JsonNode table) throws PlanException {
        SettingsFile file = new SettingsFile();
        Section root = new Section("", tree, file.mistakes);
        Section models = table.isMissingNode() ? root : new Section(MODELS_FILE, table, file.mistakes);
        BenchmarkSettings settings = file.settings(root, models);
        if (!file.mistakes.isEmpty()) {
            throw new PlanException(name, file.mistakes);
        }
        return settings;
    }

    private BenchmarkSettings settings(Section root, Section table) {
        Section section = root.section("test_config");
        TestConfig test = new TestConfig(
                (int) section.whole("warmup_requests", 100, 0, 1_000_000),
                section.has("dataset") ? Optional.of(section.text("dataset", null)) : Optional.empty(),
                section.wholes("sequence_lengths", List.of(32, 128, 512), 3, MOST_TOKENS),
                (int) section.whole("texts", 256, 1, 100_000));
        section.end();
        int rounds = (int) root.whole("rounds", 3, 1, 1000);
        List<Scenario> scenarios = root.has("scenarios")
                ? root.list("scenarios").stream()
                        .map(one -> scenario(one, test))
                        .toList()
                : UsualPlan.scenarios(test);
        List<BenchmarkModel> models = new ArrayList<>();
        table.sections(MODELS).forEach((id, one) -> models.add(model(id, one)));
        List<TargetSettings> targets = new ArrayList<>();
        root.sections("targets").forEach((name, one) -> targets.add(target(name, one)));
        if (!root.has("targets")) {
            targets.addAll(UsualPlan.targets());
        }
        root.end();
        if (table != root) {
            table.end();
        }
        requireSomeOnce("scenarios", scenarios.stream().map(Scenario::name).toList());
        requireSomeOnce(MODELS, models.stream().map(BenchmarkModel::id).toList());
        requireSomeOnce("targets", targets.stream().map(TargetSettings::name).toList());
        return new BenchmarkSettings(test, rounds, scenarios, models, targets);
    }

    private void requireSomeOnce(String key, List<String> names) {
        if (names.isEmpty()) {
            mistakes.add(key + " is empty, and must have at least one entry");
        }
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!name.isEmpty() && !name.matches(NAME)) {
                mistakes.add(key + " has the name '" + name + "', and names must be letters, digits, '.', '_' and '-'");
            }
            if (!seen.add(name)) {
                mistakes.add(key + " has the name '" + name + "' twice");
            }
        }
    }

    private static Scenario scenario(Section one, TestConfig test) {
        Optional<Double> rate =
                one.has("rate") ? Optional.of(one.number("rate", 1, 0.01, 1_000_000)) : Optional.empty();
        Optional<Duration> duration =
                one.has("duration") ? Optional.of(seconds(one.number("duration", 1, 0.1, 86_400))) : Optional.empty();
        if (duration.isPresent() == one.has("num_requests")) {
            one.mistake("num_requests", one.value("num_requests"), "there where there is no duration, and only there");
        }
        Scenario scenario = new Scenario(
                one.text("name", null),
                (int) one.whole("concurrency", rate.isPresent() ? 256 : 1, 1, 10_000),
                one.whole("num_requests", Long.MAX_VALUE, 1, 1_000_000_000),
                (int) one.whole("batch_size", 1, 1, 10_000),
                rate,
                duration,
                lengths(one, test),
                one.number("batch_priority", 0, 0, 1));
        one.end();
        return scenario;
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    private static Lengths lengths(Section one, TestConfig test) {
        if (!one.has("lengths")) {
            return new Lengths.Exact(test.sequenceLengths());
        }
        if (one.value("lengths").isArray()) {
            return new Lengths.Exact(one.wholes("lengths", test.sequenceLengths(), 3, MOST_TOKENS));
        }
        String word = one.text("lengths", "mixed");
        if (word.equals("dataset") && test.dataset().isPresent()) {
            return new Lengths.Dataset();
        }
        if (!word.equals("mixed")) {
            one.mistake(
                    "lengths",
                    word,
                    "mixed, a list of numbers of tokens, or, where test_config has a dataset, dataset");
        }
        return new Lengths.Mixed();
    }

    private static BenchmarkModel model(String id, Section one) {
        BenchmarkModel model = new BenchmarkModel(
                id,
                one.text("name", id),
                one.text("huggingface_id", null),
                one.text("type", "text_embedding"),
                (int) one.whole("max_seq_length", 256, 3, MOST_TOKENS),
                (int) one.whole("embedding_dim", 384, 1, 100_000),
                one.texts("paths"));
        if (!model.type().equals("text_embedding")) {
            one.mistake("type", model.type(), "text_embedding");
        }
        one.end();
        return model;
    }

    private static TargetSettings target(String name, Section one) {
        String word = one.text("dialect", "texts");
        Dialect dialect = Dialect.named(word).orElse(Dialect.TEXTS);
        if (!dialect.name().toLowerCase(Locale.ROOT).equals(word)) {
            one.mistake("dialect", word, "one of " + Dialect.names());
        }
        TargetSettings target;
        if (one.text("kind", "process").equals("url")) {
            target = new TargetSettings.Address(
                    name, dialect, url(one, one.text("url", null)), one.text("model", "model"));
        } else {
            if (!one.text("kind", "process").equals("process")) {
                one.mistake("kind", one.value("kind"), "process or url");
            }
            target = new TargetSettings.Started(
                    name, dialect, one.text("start", null), one.flag("sweep", false), one.texts("environment"));
        }
        one.end();
        return target;
    }

    private static URI url(Section one, String text) {
        if (!text.isEmpty() && !text.matches("http://[A-Za-z0-9.-]+(:[0-9]{1,5})?/?")) {
            one.mistake("url", text, "http://HOST:PORT");
            return URI.create("http://127.0.0.1");
        }
        return URI.create(text.isEmpty() ? "http://127.0.0.1" : text);
    }
}
