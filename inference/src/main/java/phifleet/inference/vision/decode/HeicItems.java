package phifleet.inference.vision.decode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a HEIF file's box meta (ISO/IEC 14496-12, 8.11; ISO/IEC 23008-12, 9.3): its items, what kind each is, what is said of it,
 * of which others it is made and where its data lie.
 */
final class HeicItems {
    private static final int MOST = 10_000;
    private static final int MOST_SAID = 255;

    private final Map<Long, String> kinds = new HashMap<>();
    private final Map<Long, List<Integer>> said = new HashMap<>();
    private final Map<Long, List<Long>> parts = new HashMap<>();
    private final Map<Long, List<Extent>> extents = new HashMap<>();
    private final List<IsoBox> properties;
    private final @Nullable IsoBox data;
    private final long primary;

    /**
     * Bytes of the file.
     *
     * @param from within it
     */
    record Extent(long from, long length) {}

    HeicItems(IsoBox meta) throws ImageException {
        meta.version();
        List<IsoBox> boxes = meta.boxes();
        IsoBox first = IsoBox.only(boxes, "pitm");
        primary = first.number(first.version() == 0 ? 2 : 4);
        data = boxes.stream().filter(box -> box.is("idat")).findFirst().orElse(null);
        kinds(IsoBox.only(boxes, "iinf"));
        List<IsoBox> about = IsoBox.only(boxes, "iprp").boxes();
        properties = IsoBox.only(about, "ipco").boxes();
        for (IsoBox box : about) {
            if (box.is("ipma")) {
                associations(box);
            }
        }
        for (IsoBox box : boxes) {
            if (box.is("iref")) {
                references(box);
            }
        }
        locations(IsoBox.only(boxes, "iloc"));
    }

    /** The item that is the picture. */
    long primary() {
        return primary;
    }

    /** Four letters; null of an item that there is not. */
    @Nullable
    String kind(long item) {
        return kinds.get(item);
    }

    List<Long> ofKind(String kind) {
        return kinds.keySet().stream()
                .filter(item -> kind.equals(kinds.get(item)))
                .toList();
    }

    /** All that is said of any item. */
    List<IsoBox> properties() {
        return properties;
    }

    /** The property of an item that has that type, unread; null where there is none. */
    @Nullable
    IsoBox property(long item, String type) {
        for (int index : said.getOrDefault(item, List.of())) {
            if (index >= 1
                    && index <= properties.size()
                    && properties.get(index - 1).is(type)) {
                return properties.get(index - 1).copy();
            }
        }
        return null;
    }

    /** Those that an item is put together from, in order. */
    List<Long> parts(long item) {
        return parts.getOrDefault(item, List.of());
    }

    List<Extent> extents(long item) {
        return extents.getOrDefault(item, List.of());
    }

    private void kinds(IsoBox box) throws ImageException {
        box.skip(box.version() == 0 ? 2 : 4);
        for (IsoBox entry : box.boxes()) {
            if (!entry.is("infe")) {
                continue;
            }
            int version = entry.version();
            if (version < 2) {
                throw ImageException.broken("the HEIC's items are of version " + version + ": 2 and 3 have kinds");
            }
            long item = entry.number(version == 2 ? 2 : 4);
            entry.skip(2);
            if (kinds.put(item, entry.word()) != null) {
                throw ImageException.broken("the HEIC has item " + item + " twice");
            }
        }
    }

    private void associations(IsoBox box) throws ImageException {
        int version = (int) box.number(1);
        boolean wide = (box.number(3) & 1) == 1;
        for (long count = bounded(box.number(4)); count > 0; count--) {
            long item = box.number(version == 0 ? 2 : 4);
            List<Integer> indexes = said.computeIfAbsent(item, _ -> new ArrayList<>());
            long more = box.number(1);
            if (indexes.size() + more > MOST_SAID) {
                throw ImageException.broken("the HEIC says over " + MOST_SAID + " things of item " + item);
            }
            for (long each = more; each > 0; each--) {
                indexes.add((int) box.number(wide ? 2 : 1) & (wide ? 0x7FFF : 0x7F));
            }
        }
    }

    private void references(IsoBox box) throws ImageException {
        int bytes = box.version() == 0 ? 2 : 4;
        for (IsoBox reference : box.boxes()) {
            if (!reference.is("dimg")) {
                continue;
            }
            List<Long> list = parts.computeIfAbsent(reference.number(bytes), _ -> new ArrayList<>());
            for (long count = bounded(reference.number(2)); count > 0; count--) {
                list.add(reference.number(bytes));
            }
        }
    }

    private void locations(IsoBox box) throws ImageException {
        int version = box.version();
        int sizes = (int) box.number(2);
        int offsetBytes = sizes >> 12;
        int lengthBytes = (sizes >> 8) & 15;
        int baseBytes = (sizes >> 4) & 15;
        int indexBytes = version == 0 ? 0 : sizes & 15;
        if (Math.max(Math.max(offsetBytes, lengthBytes), Math.max(baseBytes, indexBytes)) > 8) {
            throw ImageException.broken("the HEIC's places have numbers of more than 8 bytes");
        }
        for (long count = bounded(box.number(version < 2 ? 2 : 4)); count > 0; count--) {
            long item = box.number(version < 2 ? 2 : 4);
            int method = version == 0 ? 0 : (int) box.number(2) & 15;
            box.skip(2);
            long base = box.number(baseBytes);
            List<Extent> list = extents.computeIfAbsent(item, _ -> new ArrayList<>());
            for (long each = bounded(box.number(2)); each > 0; each--) {
                box.skip(indexBytes);
                long offset = base + box.number(offsetBytes);
                list.add(place(method, offset, box.number(lengthBytes)));
            }
        }
    }

    /** Method 0 counts from the file's first byte, 1 from that of the box idat; 2, from other items, is not followed. */
    private Extent place(int method, long offset, long length) throws ImageException {
        return switch (method) {
            case 0 -> new Extent(offset, length);
            case 1 -> {
                if (data == null) {
                    throw ImageException.broken("the HEIC's data are to lie in its box idat, which it has not");
                }
                yield new Extent(data.at() + offset, length);
            }
            default -> throw ImageException.unsupported("a HEIC whose data are placed by method " + method);
        };
    }

    private static long bounded(long count) throws ImageException {
        if (count > MOST) {
            throw ImageException.broken("the HEIC has a list of " + count + " entries: at most " + MOST + " are read");
        }
        return count;
    }
}
