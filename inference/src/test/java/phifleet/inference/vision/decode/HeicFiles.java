package phifleet.inference.vision.decode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import phifleet.inference.vision.ImageFiles;

/** HEIC files put together out of one coded picture of 64 × 64 pixels, as the boxes say that are asked for. */
final class HeicFiles {
    private static final byte[] PHOTO = ImageFiles.bytes("photo.heic");
    private static final int SIDE = 64;

    private HeicFiles() {}

    /** The coded picture alone, its parts with their lengths. */
    static byte[] coded() {
        return body("mdat");
    }

    /** The property that says how it is coded. */
    static byte[] configuration() {
        return body("hvcC");
    }

    /** The same with one parameter set, which asks for another size. */
    static byte[] configuration(int width, int height) {
        String bits = "0".repeat(4 + 3 + 1 + 88 + 8) + golomb(0) + golomb(1) + golomb(width) + golomb(height) + "1";
        byte[] unit = new byte[2 + (bits.length() + 7) / 8];
        unit[0] = 33 << 1;
        unit[1] = 1;
        for (int i = 0; i < bits.length(); i++) {
            unit[2 + i / 8] |= (byte) ((bits.charAt(i) - '0') << (7 - i % 8));
        }
        byte[] set = joined(new byte[] {33}, shorts(1, shielded(unit).length), shielded(unit));
        return joined(Arrays.copyOf(configuration(), 22), new byte[] {1}, set);
    }

    private static String golomb(int value) {
        String binary = Integer.toBinaryString(value + 1);
        return "0".repeat(binary.length() - 1) + binary;
    }

    /** Behind each two zeros a 3, so that no start code shows. */
    private static byte[] shielded(byte[] unit) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int zeros = 0;
        for (byte each : unit) {
            if (zeros == 2 && each >= 0 && each <= 3) {
                all.write(3);
                zeros = 0;
            }
            zeros = each == 0 ? zeros + 1 : 0;
            all.write(each);
        }
        return all.toByteArray();
    }

    /** One picture. */
    static byte[] picture(byte[] configuration, byte[] coded, int width, int height) {
        return file("hvc1", 1, List.of(), configuration, coded, width, height);
    }

    /** That picture again and again, in rows from the top. */
    static byte[] grid(int rows, int columns, int width, int height) {
        return file(
                "grid", rows * columns, List.of(0, 0, rows - 1, columns - 1), configuration(), coded(), width, height);
    }

    /** Item 1 is the picture; item 2, where it is a grid, its tile. */
    private static byte[] file(
            String kind, int tiles, List<Integer> grid, byte[] configuration, byte[] coded, int width, int height) {
        boolean isGrid = !grid.isEmpty();
        byte[] items = isGrid ? joined(item(1, kind), item(2, "hvc1")) : item(1, kind);
        byte[] properties = box(
                "ipco",
                box("hvcC", configuration),
                box("ispe", numbers(0, width, height)),
                box("ispe", numbers(0, SIDE, SIDE)));
        byte[] associations = isGrid
                ? joined(numbers(0, 2), new byte[] {0, 1, 1, 2, 0, 2, 2, 1, 3})
                : joined(numbers(0, 1), new byte[] {0, 1, 2, 1, 2});
        byte[] gridded = isGrid
                ? joined(new byte[] {0, 0, (byte) (int) grid.get(2), (byte) (int) grid.get(3)}, shorts(width, height))
                : new byte[0];
        byte[] head = box("ftyp", word("heic"), numbers(0), word("mif1"), word("heic"));
        // Places are known when all before them is written, which is as long with any places.
        byte[] places = places(isGrid, 0, coded.length, gridded.length);
        byte[] meta = meta(items, properties, associations, places, gridded, tiles, isGrid);
        places = places(isGrid, head.length + meta.length + 8, coded.length, gridded.length);
        meta = meta(items, properties, associations, places, gridded, tiles, isGrid);
        return joined(head, meta, box("mdat", coded));
    }

    private static byte[] meta(
            byte[] items,
            byte[] properties,
            byte[] associations,
            byte[] places,
            byte[] gridded,
            int tiles,
            boolean isGrid) {
        byte[] references =
                isGrid ? box("iref", numbers(0), box("dimg", shorts(1, tiles), repeated(tiles))) : new byte[0];
        return box(
                "meta",
                numbers(0),
                box("hdlr", numbers(0, 0), word("pict"), new byte[13]),
                box("pitm", numbers(0), shorts(1)),
                box("iinf", numbers(0), shorts(isGrid ? 2 : 1), items),
                references,
                box("iprp", properties, box("ipma", associations)),
                box("idat", gridded),
                places);
    }

    private static byte[] repeated(int tiles) {
        byte[] all = new byte[2 * tiles];
        for (int i = 1; i < all.length; i += 2) {
            all[i] = 2;
        }
        return all;
    }

    /** Version 1: offsets and lengths of 4 bytes; the grid itself lies in idat. */
    private static byte[] places(boolean isGrid, int at, int length, int gridLength) {
        byte[] coded = joined(shorts(isGrid ? 2 : 1, 0, 0, 1), numbers(at, length));
        byte[] all = isGrid ? joined(shorts(1, 1, 0, 1), numbers(0, gridLength), coded) : coded;
        return box("iloc", numbers(1 << 24), shorts(0x4400, isGrid ? 2 : 1), all);
    }

    private static byte[] item(int id, String kind) {
        return box("infe", numbers(2 << 24), shorts(id, 0), word(kind), new byte[1]);
    }

    static byte[] box(String type, byte[]... parts) {
        byte[] body = joined(parts);
        return joined(numbers(8 + body.length), word(type), body);
    }

    static byte[] word(String letters) {
        return letters.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] numbers(int... values) {
        ByteBuffer all = ByteBuffer.allocate(4 * values.length);
        Arrays.stream(values).forEach(all::putInt);
        return all.array();
    }

    private static byte[] shorts(int... values) {
        ByteBuffer all = ByteBuffer.allocate(2 * values.length);
        Arrays.stream(values).forEach(value -> all.putShort((short) value));
        return all.array();
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** Of the first box of that type, wherever it lies. */
    private static byte[] body(String type) {
        byte[] name = word(type);
        for (int at = 4; at < PHOTO.length - 4; at++) {
            if (Arrays.equals(PHOTO, at, at + 4, name, 0, 4)) {
                int size = ByteBuffer.wrap(PHOTO).getInt(at - 4);
                return Arrays.copyOfRange(PHOTO, at + 4, at - 4 + size);
            }
        }
        throw new IllegalStateException("no box " + type);
    }
}
