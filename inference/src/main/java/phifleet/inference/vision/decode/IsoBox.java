package phifleet.inference.vision.decode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A box of an ISO base media file (ISO/IEC 14496-12, 4.2), and how far it was read. Numbers are big-endian; none is read past the box's
 * end.
 */
final class IsoBox {
    /** A photo of fifty tiles has some two hundred. */
    private static final int MOST = 10_000;

    private final Bytes file;
    private final String type;
    private final int end;
    private int at;

    private IsoBox(Bytes file, String type, int at, int end) {
        this.file = file;
        this.type = type;
        this.at = at;
        this.end = end;
    }

    /** What a file is made of, to its last byte. */
    static List<IsoBox> of(Bytes file) throws ImageException {
        return within(file, 0, file.length());
    }

    /** What is left of this box, as boxes. */
    List<IsoBox> boxes() throws ImageException {
        return within(file, at, end);
    }

    private static List<IsoBox> within(Bytes file, int from, int to) throws ImageException {
        List<IsoBox> boxes = new ArrayList<>();
        int at = from;
        while (at < to) {
            if (boxes.size() == MOST) {
                throw ImageException.broken("the HEIC has more than " + MOST + " boxes in a row");
            }
            IsoBox box = new IsoBox(file, "header", at, to);
            long size = box.number(4);
            String type = box.word();
            if (size == 1) {
                size = box.number(8);
            }
            long whole = size == 0 ? to - at : size;
            if (whole < box.at - at) {
                throw ImageException.broken(
                        "the HEIC's box " + type + " at byte " + at + " claims " + whole + " bytes");
            }
            if (to == file.length()) {
                file.require(at, whole, "the HEIC's box " + type);
            } else if (whole > to - at) {
                throw ImageException.broken("the HEIC's box " + type + " at byte " + at + " claims " + whole
                        + " bytes, of " + (to - at) + " that the box around it has left");
            }
            int end = at + (int) whole;
            boxes.add(new IsoBox(file, type, box.at, end));
            at = end;
        }
        return boxes;
    }

    /** @throws ImageException if there is none of that type, or more */
    static IsoBox only(List<IsoBox> boxes, String type) throws ImageException {
        List<IsoBox> found = boxes.stream().filter(box -> box.is(type)).toList();
        if (found.size() != 1) {
            throw ImageException.broken("the HEIC has " + found.size() + " boxes " + type + " where it must have one");
        }
        return found.getFirst();
    }

    boolean is(String name) {
        return type.equals(name);
    }

    /** Where the next byte lies in the file. */
    int at() {
        return at;
    }

    /** From the beginning of what is unread, for one who reads it a second time. */
    IsoBox copy() {
        return new IsoBox(file, type, at, end);
    }

    /** An unsigned number of 0 to 8 bytes; 0 of 0. */
    long number(int bytes) throws ImageException {
        require(bytes);
        long value = file.number(at, bytes);
        at += bytes;
        if (value < 0) {
            throw ImageException.broken("the HEIC's box " + type + " has a number of over 63 bits");
        }
        return value;
    }

    /** Four letters. */
    String word() throws ImageException {
        require(4);
        at += 4;
        return new String(file.data(), at - 4, 4, StandardCharsets.ISO_8859_1);
    }

    void skip(int bytes) throws ImageException {
        require(bytes);
        at += bytes;
    }

    /** The version of a box that has one, and past its flags. */
    int version() throws ImageException {
        int version = (int) number(1);
        skip(3);
        return version;
    }

    private void require(int bytes) throws ImageException {
        if (bytes > end - at) {
            throw ImageException.broken(
                    "the HEIC's box " + type + " ends at byte " + end + ", " + (at + bytes - end) + " too early");
        }
    }
}
