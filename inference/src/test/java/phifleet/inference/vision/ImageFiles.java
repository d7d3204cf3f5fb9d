package phifleet.inference.vision;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import phifleet.inference.vision.decode.Image;

/** Small image files, made by Pillow 12.3, each with the pixels that Pillow sees in it. */
public final class ImageFiles {
    private ImageFiles() {}

    public static byte[] bytes(String name) {
        try (InputStream in = ImageFiles.class.getResourceAsStream("files/" + name)) {
            if (in == null) {
                throw new IllegalStateException("no test file " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code Image.open(f)}, turned by {@code exif_transpose}, {@code convert("RGB")}. */
    public static Image asPillowSees(String name) {
        ByteBuffer file = ByteBuffer.wrap(bytes(name + ".rgb"));
        int width = file.getShort();
        int height = file.getShort();
        return new Image(width, height, Arrays.copyOfRange(file.array(), 4, file.capacity()));
    }

    /** A PNG that says this of itself and has no pixel. */
    public static byte[] emptyPng(int width, int height) {
        return png(width, height, new byte[0]);
    }

    /** An 8-bit RGB file with that for its compressed pixels. */
    public static byte[] png(int width, int height, byte[] pixels) {
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
        ByteBuffer file = ByteBuffer.allocate(8 + 25 + 12 + pixels.length + 12);
        file.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        chunk(file, "IHDR", header.array());
        chunk(file, "IDAT", pixels);
        chunk(file, "IEND", new byte[0]);
        return file.array();
    }

    private static void chunk(ByteBuffer file, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(data);
        file.putInt(data.length).put(name);
        file.put(data).putInt((int) sum.getValue());
    }

    /** The mean distance of two pictures' samples. */
    public static double distance(Image one, Image other) {
        long sum = 0;
        for (int i = 0; i < one.rgb().length; i++) {
            sum += Math.abs((one.rgb()[i] & 0xFF) - (other.rgb()[i] & 0xFF));
        }
        return (double) sum / one.rgb().length;
    }
}
