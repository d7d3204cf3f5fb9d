package phifleet.benchmark.ingest;

import java.io.Serial;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says.
 *
 * @param folder whose images are sent, with those of its sub-folders
 * @param url of a gateway or a worker
 * @param workers requests at once
 * @param batch images of one request
 * @param queue images that are found and not yet sent
 * @param reportSeconds between two lines of metrics
 * @param maxFailureRate past which the run ends early, 0 to 1
 * @param resume the file that remembers what is done; null for none
 * @param report where the JSON report is written, {@link #STANDARD_OUTPUT} in place of the lines of metrics; null for nowhere
 * @param failed where the failed files are listed; null for nowhere
 * @param apiKey null for none
 * @param query of each request, as {@code faces=false&ocr=false&people=true&vehicles=false}
 */
record IngestFlags(
        Path folder,
        URI url,
        int workers,
        int batch,
        int queue,
        int reportSeconds,
        double maxFailureRate,
        @Nullable Path resume,
        @Nullable Path report,
        @Nullable Path failed,
        @Nullable String apiKey,
        String query) {
    /** In place of a file. */
    static final Path STANDARD_OUTPUT = Path.of("-");

    static final String USAGE = """
            usage: scripts/ingest -dir DIR [-workers 16] [-batch 64] [-queue 1024] [-report 10] [-faces=false] [-ocr=false] [-people=false]
                                  [-vehicles=false] [-port 8080] [-host localhost] [-url URL] [-resume FILE] [-json [FILE]] [-failed FILE] [-max-failure-rate 1]
                   scripts/ingest compare A.json B.json
              Sends the images of a folder to /ingest. With -resume a second run skips what is in the index by then. The key is in PHI_API_KEY,
              and PHI_URL is where it goes unless one of -url, -host and -port says so. -json without a file prints the report alone.
              Exit code 0 where all is in the index, 1 where some is not, 2 for a wrong command, 3 where it ended early.""";

    private static final Set<String> KNOWN = Set.of(
            "dir",
            "workers",
            "batch",
            "queue",
            "report",
            "faces",
            "ocr",
            "people",
            "vehicles",
            "port",
            "host",
            "url",
            "resume",
            "json",
            "failed",
            "max-failure-rate");

    /** The command line is wrong. */
    static final class Mistake extends Exception {
        @Serial
        private static final long serialVersionUID = 1;

        Mistake(String message) {
            super(message);
        }
    }

    /** Reads {@code -name value}, {@code -name=value}, and the same with two dashes. */
    static IngestFlags parse(String[] arguments, Map<String, String> environment) throws Mistake {
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (!argument.startsWith("-")) {
                throw new Mistake("'" + argument + "' is no option");
            }
            String name = argument.replaceFirst("^--?", "");
            int equals = name.indexOf('=');
            String value;
            if (equals >= 0) {
                value = name.substring(equals + 1);
                name = name.substring(0, equals);
            } else if (name.equals("json") && (i + 1 == arguments.length || isOption(arguments[i + 1]))) {
                value = STANDARD_OUTPUT.toString();
            } else if (i + 1 < arguments.length) {
                value = arguments[++i];
            } else {
                throw new Mistake("-" + name + " needs a value");
            }
            if (!KNOWN.contains(name)) {
                throw new Mistake("there is no option -" + name);
            }
            given.put(name, value);
        }
        String folder = given.get("dir");
        if (folder == null) {
            throw new Mistake("-dir is needed");
        }
        return new IngestFlags(
                Path.of(folder),
                url(given, environment),
                number(given, "workers", 16, 1, 1024),
                number(given, "batch", 64, 1, 10_000),
                number(given, "queue", 1024, 1, 1_000_000),
                number(given, "report", 10, 1, 86_400),
                share(given),
                path(given, "resume"),
                path(given, "json"),
                path(given, "failed"),
                environment.get("PHI_API_KEY"),
                query(given));
    }

    /** The stages, each of which is said. */
    private static String query(Map<String, String> given) throws Mistake {
        return "faces=" + flag(given, "faces") + "&ocr=" + flag(given, "ocr") + "&people=" + flag(given, "people")
                + "&vehicles=" + flag(given, "vehicles");
    }

    private static boolean isOption(String argument) {
        return argument.length() > 1 && argument.startsWith("-");
    }

    /** What is said here counts more than what is said for all commands. */
    private static URI url(Map<String, String> given, Map<String, String> environment) throws Mistake {
        String said = given.get("url");
        if (said != null) {
            return uri("-url", said);
        }
        String usual = environment.get("PHI_URL");
        if (usual != null && !usual.isBlank() && !given.containsKey("host") && !given.containsKey("port")) {
            return uri("PHI_URL", usual.strip());
        }
        return uri(
                "-host",
                "http://" + given.getOrDefault("host", "localhost") + ":" + number(given, "port", 8080, 1, 65_535));
    }

    private static URI uri(String name, String text) throws Mistake {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new Mistake(name + " must look like http://HOST:PORT, was '" + text + "'");
    }

    private static int number(Map<String, String> given, String name, int fallback, int least, int most)
            throws Mistake {
        String text = given.get(name);
        if (text == null) {
            return fallback;
        }
        if (text.matches("\\d{1,9}")) {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        }
        throw new Mistake(
                "-" + name + " must be a whole number from " + least + " to " + most + ", was '" + text + "'");
    }

    private static double share(Map<String, String> given) throws Mistake {
        String text = given.getOrDefault("max-failure-rate", "1");
        double value = text.matches("\\d(\\.\\d{1,9})?") ? Double.parseDouble(text) : -1;
        if (value >= 0 && value <= 1) {
            return value;
        }
        throw new Mistake("-max-failure-rate must be a number from 0 to 1, was '" + text + "'");
    }

    private static boolean flag(Map<String, String> given, String name) throws Mistake {
        return switch (given.getOrDefault(name, "false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new Mistake("-" + name + " must be true or false, was '" + given.get(name) + "'");
        };
    }

    private static @Nullable Path path(Map<String, String> given, String name) {
        String text = given.get(name);
        return text == null ? null : Path.of(text);
    }
}
