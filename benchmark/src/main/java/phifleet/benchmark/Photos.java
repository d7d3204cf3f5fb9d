package phifleet.benchmark;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Photos as clients send them: JPEGs of one size, made of those in a folder, the same in every run. */
public final class Photos {
    /** What phones and cameras use or nearly so. */
    private static final float QUALITY = 0.85f;

    private Photos() {}

    /**
     * The middle of each photo, in that size, baseline with chroma of half the size.
     *
     * @throws IOException if the folder cannot be read or has no JPEG
     */
    public static List<byte[]> jpegs(Path folder, int width, int height) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".jpg"))
                    .sorted()
                    .toList();
        }
        if (files.isEmpty()) {
            throw new IOException(folder + " has no .jpg");
        }
        List<byte[]> jpegs = new ArrayList<>();
        for (Path file : files) {
            jpegs.add(jpeg(resized(ImageIO.read(file.toFile()), width, height)));
        }
        return jpegs;
    }

    private static BufferedImage resized(BufferedImage photo, int width, int height) {
        double scale = Math.max((double) width / photo.getWidth(), (double) height / photo.getHeight());
        int wide = (int) Math.round(photo.getWidth() * scale);
        int high = (int) Math.round(photo.getHeight() * scale);
        BufferedImage part = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = part.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(photo, (width - wide) / 2, (height - high) / 2, wide, high, null);
        graphics.dispose();
        return part;
    }

    private static byte[] jpeg(BufferedImage picture) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
