package phifleet.benchmark.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import phifleet.benchmark.command.Options.UsageException;
import phifleet.benchmark.plan.Lengths;
import phifleet.benchmark.plan.PlanException;
import phifleet.benchmark.report.Reports;
import phifleet.benchmark.run.Golden;
import phifleet.benchmark.run.Validation;
import phifleet.benchmark.targets.TargetSettings;

/** The commands of {@code scripts/benchmark}, which gives the folders. Exit code 1: a run or comparison is bad; 2: wrong settings. */
public final class BenchmarkMain {
    private static final String USAGE = """
            usage: BenchmarkMain starts|texts|run|validate|report|compare [words] [--options], as scripts/benchmark calls it""";

    private BenchmarkMain() {}

    public static void main(String[] args) throws InterruptedException {
        System.exit(exitCode(args));
    }

    static int exitCode(String... args) throws InterruptedException {
        PrintStream answers = System.out;
        try {
            return run(args, answers);
        } catch (UsageException e) {
            System.err.println(e.getMessage() + "\n" + USAGE);
            return 2;
        } catch (PlanException e) {
            System.err.println(e.getMessage());
            return 2;
        } catch (IOException e) {
            System.err.println(e);
            return 1;
        } finally {
            System.setOut(answers);
        }
    }

    /** With {@code --json} the answer is all that is printed: what is said on the way, and to people, goes where errors go. */
    private static int run(String[] args, PrintStream answers)
            throws IOException, InterruptedException, UsageException, PlanException {
        if (args.length == 0) {
            throw new UsageException("no command");
        }
        Options options = Options.of(args, 1);
        if (options.flag("json")) {
            System.setOut(System.err);
        }
        return switch (args[0]) {
            case "starts" -> starts(options);
            case "texts" -> texts(options);
            case "run" -> measure(options, answers);
            case "validate" -> validate(options, answers);
            case "report" -> report(options, answers);
            case "compare" -> compare(options, answers);
            default -> throw new UsageException("unknown command " + args[0]);
        };
    }

    /** Prints the scripts of the targets that are started here, a line each: what must be built or fetched before they are timed. */
    private static int starts(Options options) throws IOException, UsageException, PlanException {
        options.noWords();
        for (TargetSettings target : Chosen.of(options).targets()) {
            switch (target) {
                case TargetSettings.Started started -> System.out.println(started.start());
                case TargetSettings.Address address -> {
                    // It runs.
                }
            }
        }
        return 0;
    }

    /** Writes the texts whose vectors a run must know. */
    private static int texts(Options options) throws IOException, UsageException, PlanException {
        options.noWords();
        Chosen chosen = Chosen.of(options);
        Golden golden =
                new Golden(chosen.folders().models().resolve(chosen.model().id()));
        for (Map.Entry<String, List<String>> one : chosen.bench().wantedTexts().entrySet()) {
            golden.texts(one.getKey(), one.getValue());
        }
        return 0;
    }

    private static int measure(Options options, PrintStream answers)
            throws IOException, InterruptedException, UsageException, PlanException {
        options.noWords();
        Chosen chosen = Chosen.of(options);
        Duration sweep = Duration.ofMillis(Math.round(1000 * options.number("sweep-seconds", 8)));
        boolean good = chosen.bench().run(options.flag("together"), sweep);
        report(chosen.results(), options, answers);
        return good ? 0 : 1;
    }

    private static int validate(Options options, PrintStream answers)
            throws IOException, InterruptedException, UsageException, PlanException {
        options.noWords();
        Chosen chosen = Chosen.of(options);
        List<String> texts = chosen.texts().of(new Lengths.Mixed(), (int) options.number("texts", 1000));
        boolean good = new Validation(chosen.model(), chosen.folders()).run(chosen.targets(), texts);
        if (options.flag("json")) {
            answers.println(Files.readString(chosen.results().resolve("validation.json")));
        }
        return good ? 0 : 1;
    }

    private static int report(Options options, PrintStream answers) throws IOException, UsageException {
        report(folder(options, "report wants a folder of one model's results"), options, answers);
        return 0;
    }

    private static void report(Path folder, Options options, PrintStream answers) throws IOException, UsageException {
        Reports.write(folder, price(options));
        if (options.flag("json")) {
            answers.println(Reports.json(folder, price(options)).toPrettyString());
        }
    }

    private static Path folder(Options options, String wanted) throws UsageException {
        if (options.words().size() != 1
                || !Files.isDirectory(Path.of(options.words().getFirst()))) {
            throw new UsageException(wanted);
        }
        return Path.of(options.words().getFirst());
    }

    private static int compare(Options options, PrintStream answers) throws IOException, UsageException {
        if (options.words().size() != 2) {
            throw new UsageException("compare wants two files of results, the earlier one first");
        }
        Path before = Path.of(options.words().getFirst());
        Path after = Path.of(options.words().getLast());
        int regressions = Reports.compare(before, after);
        if (options.flag("json")) {
            answers.println(Reports.comparison(before, after).toPrettyString());
        }
        return regressions == 0 ? 0 : 1;
    }

    private static OptionalDouble price(Options options) throws UsageException {
        return options.text("price-per-hour").isPresent()
                ? OptionalDouble.of(options.number("price-per-hour", 1))
                : OptionalDouble.empty();
    }
}
