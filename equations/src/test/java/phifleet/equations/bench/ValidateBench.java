package phifleet.equations.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import phifleet.equations.Mode;

/**
 * Prints what the validator reaches on files of laws, mutants and identities.
 *
 * <p>Arguments: files or folders; {@code --details} lists what missed; {@code --calibrate FILE} writes the calibration
 * table made from them; {@code --no-speed} leaves the timing out,
 * {@code --only-speed} all but the timing.
 */
public final class ValidateBench {
    private ValidateBench() {}

    public static void main(String[] arguments) throws IOException {
        List<Path> files = new ArrayList<>();
        boolean details = false;
        boolean speed = true;
        boolean judge = true;
        Path calibration = null;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--details" -> details = true;
                case "--no-speed" -> speed = false;
                case "--only-speed" -> judge = false;
                case "--calibrate" -> calibration = Path.of(arguments[++i]);
                default -> files.add(Path.of(arguments[i]));
            }
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Table table = new Table(out, details);
        Rows rows = Rows.read(files);
        table.info(
                "read",
                rows.laws().size() + " laws, " + rows.mutants().size() + " mutants, "
                        + rows.identities().size() + " identities");
        List<Judged> judged = judge ? judge(rows, table) : List.of();
        CalibrationBench.run(judged, table);
        if (calibration != null) {
            Files.writeString(calibration, CalibrationBench.text(judged));
            table.info("calibration table written", calibration.getFileName().toString());
        }
        if (speed) {
            SpeedBench.run(rows, table);
        }
        table.info("targets missed", table.missed().isEmpty() ? "none" : String.join("; ", table.missed()));
        if (!table.missed().isEmpty() && calibration == null) {
            System.exit(1);
        }
    }

    private static List<Judged> judge(Rows rows, Table table) {
        List<Judged> judged = new ArrayList<>();
        if (!rows.laws().isEmpty()) {
            new ParserBench().run(rows.laws(), table);
            PhysicsBench physics = new PhysicsBench(rows);
            List<Judged> laws = new ArrayList<>(physics.withUnits(table));
            laws.addAll(physics.withoutUnits(table));
            judged.addAll(KnownShare.weighed(laws));
        }
        if (!rows.identities().isEmpty()) {
            judged.addAll(new IdentityBench().run(rows.identities(), Mode.IDENTITY, table));
            judged.addAll(new IdentityBench().run(rows.identities(), Mode.AUTO, table));
        }
        return judged;
    }
}
