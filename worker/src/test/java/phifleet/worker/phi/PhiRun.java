package phifleet.worker.phi;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/**
 * What {@code phi} printed, and how it ended; in this process.
 *
 * @param out lines
 */
public record PhiRun(int code, List<String> out, String errors) {
    public static PhiRun of(List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter errors = new StringWriter();
        int code = PhiMain.command()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments.toArray(String[]::new));
        return new PhiRun(
                code, out.toString().lines().toList(), errors.toString().strip());
    }
}
