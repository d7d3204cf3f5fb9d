package phifleet.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process that takes a line with the files of a turn, separated by tabs, and answers {@code DONE} with the seconds of the clock and of the
 * processors that it took. What else it says goes by.
 */
record BareLoop(Process process, OutputStream orders, BufferedReader answers) implements AutoCloseable {
    static final String DONE = "DONE ";

    /** By the command that the system property {@code command.bare} names. */
    static BareLoop start(Path detector, Path encoder) throws IOException {
        String words = System.getProperty("command.bare");
        if (words == null) {
            throw new IllegalArgumentException("-Dcommand.bare is missing");
        }
        List<String> command = Stream.concat(
                        Stream.of(words.split(" +")), Stream.of(detector.toString(), encoder.toString()))
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new BareLoop(process, process.getOutputStream(), process.inputReader(StandardCharsets.UTF_8));
    }

    Turns.Measured run(List<Path> files) throws IOException {
        String line = files.stream().map(Path::toString).collect(Collectors.joining("\t", "", "\n"));
        orders.write(line.getBytes(StandardCharsets.UTF_8));
        orders.flush();
        String answer = answers.readLine();
        while (answer != null && !answer.startsWith(DONE)) {
            answer = answers.readLine();
        }
        if (answer == null) {
            throw new IOException("the bare loop ended");
        }
        String[] numbers = answer.substring(DONE.length()).split(" ", 2);
        double cpu = Double.parseDouble(numbers[1]);
        return new Turns.Measured(files.size(), Double.parseDouble(numbers[0]), cpu, cpu);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
