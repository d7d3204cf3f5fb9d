package phifleet.equations.law;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Trees;
import phifleet.equations.units.Dimension;
import phifleet.equations.units.PhysicalConstants;

/**
 * What a look-up must know of every law before it looks at any: computed once, by the build.
 *
 * <p>To parse all laws and to bring them into canonical form takes a core for a second or two when the code is cold, and most
 * equations are near none of them. So the build runs {@link #main} after the compiler, which writes the index beside the
 * classes; a program that reads it makes the form of a law only where the law is a candidate. An index that is missing or was
 * made from other tables or for another {@link LawForm#VERSION} is not used: then it is computed, with the same result.
 */
final class LawIndex {
    private static final String FILE = "laws.index";
    /** All that the index is made from, beside the program itself. */
    private static final List<String> TABLES =
            List.of("law/laws.txt", "units/units.txt", "units/prefixes.txt", "units/constants.txt");

    private static final String FOLDER = "/phifleet/equations/";

    private LawIndex() {}

    /**
     * A law as the index has it.
     *
     * @param statement {@link #hash} of its statement
     * @param form what its form is found by; absent where algebra leaves nothing of the law
     */
    record Row(int statement, @Nullable Key form) {}

    /**
     * What a form is found by.
     *
     * @param shape {@link LawForm#key}
     * @param symbols the names of its symbols
     * @param constants those among them that stand for a physical constant
     */
    record Key(String shape, Set<String> symbols, Set<String> constants) {
        Key {
            symbols = Set.copyOf(symbols);
            constants = Set.copyOf(constants);
        }
    }

    /** The rows of all laws in the table's order, from the build's index or else computed. */
    static List<Row> of(LawTable table) {
        return read().orElseGet(() -> compute(table));
    }

    static List<Row> compute(LawTable table) {
        List<Row> rows = new ArrayList<>(table.size());
        for (int law = 0; law < table.size(); law++) {
            KnownLaw known = table.law(law);
            rows.add(new Row(
                    hash(known.statement()),
                    LawForm.of(known).map(form -> key(known, form)).orElse(null)));
        }
        return rows;
    }

    /** The same for equal statements, in every process (as the hashes of enums are not), and seldom for others. */
    static int hash(Statement statement) {
        int[] hash = new int[1];
        Trees.visit(statement, node -> {
            String word = node instanceof Expr.Symbol symbol
                    ? symbol.name()
                    : node.getClass().getName();
            hash[0] = 31 * hash[0] + word.hashCode();
        });
        return hash[0];
    }

    private static Key key(KnownLaw law, LawForm form) {
        Set<String> constants = new HashSet<>();
        form.dimensions().forEach((name, dimension) -> {
            boolean anySpeed = name.equals("c") && law.isOfWaves();
            if (!anySpeed && isConstant(name, dimension)) {
                constants.add(name);
            }
        });
        return new Key(form.key(), form.canonical().symbols(), constants);
    }

    /** Whether a name and a dimension are those of a physical constant. */
    static boolean isConstant(String name, Dimension dimension) {
        return PhysicalConstants.standard()
                .find(name)
                .filter(constant -> constant.unit().dimension().equals(dimension))
                .isPresent();
    }

    /** The build's index; empty where there is none, or not of these tables. */
    static Optional<List<Row>> read() {
        try (InputStream file = LawIndex.class.getResourceAsStream(FILE)) {
            if (file == null) {
                return Optional.empty();
            }
            DataInputStream in = new DataInputStream(new BufferedInputStream(file));
            return in.readLong() == stamp() ? Optional.of(rows(in)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE, e);
        }
    }

    private static List<Row> rows(DataInputStream in) throws IOException {
        Map<String, String> names = new HashMap<>();
        int size = in.readInt();
        List<Row> rows = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int statement = in.readInt();
            Key key = in.readBoolean() ? new Key(in.readUTF(), names(in, names), names(in, names)) : null;
            rows.add(new Row(statement, key));
        }
        return rows;
    }

    /** The same few letters stand in all laws: each is kept once. */
    private static Set<String> names(DataInputStream in, Map<String, String> known) throws IOException {
        Set<String> names = new HashSet<>();
        for (int left = in.readUnsignedByte(); left > 0; left--) {
            names.add(known.computeIfAbsent(in.readUTF(), name -> name));
        }
        return names;
    }

    private static void write(List<Row> rows, OutputStream file) throws IOException {
        DataOutputStream out = new DataOutputStream(file);
        out.writeLong(stamp());
        out.writeInt(rows.size());
        for (Row row : rows) {
            out.writeInt(row.statement());
            Key key = row.form();
            out.writeBoolean(key != null);
            if (key != null) {
                out.writeUTF(key.shape());
                write(key.symbols(), out);
                write(key.constants(), out);
            }
        }
        out.flush();
    }

    /** In order, so that two builds of one commit are equal. */
    private static void write(Set<String> names, DataOutputStream out) throws IOException {
        out.writeByte(names.size());
        for (String name : names.stream().sorted().toList()) {
            out.writeUTF(name);
        }
    }

    /** Tells whether an index was made from the tables of the class path by forms of this version. */
    private static long stamp() throws IOException {
        CRC32 sum = new CRC32();
        for (String table : TABLES) {
            try (InputStream in = LawIndex.class.getResourceAsStream(FOLDER + table)) {
                if (in == null) {
                    throw new IOException("no table " + table);
                }
                sum.update(in.readAllBytes());
            }
        }
        return (long) LawForm.VERSION << 32 | sum.getValue();
    }

    /** Writes the index: the only argument is the folder of the classes. */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0])
                .resolve(LawIndex.class.getPackageName().replace('.', '/'))
                .resolve(FILE);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            write(compute(LawTable.load()), out);
        }
    }
}
