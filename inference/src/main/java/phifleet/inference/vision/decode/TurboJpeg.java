package phifleet.inference.vision.decode;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Objects;

/**
 * libjpeg-turbo's TurboJPEG interface, as its releases 1.5 to 3 have it. It is the library that Pillow decodes with; with the
 * exact transform and smoothed chroma, which are asked for here, its pixels are Pillow's.
 *
 * <p>File and pixels are copied between the heap and the library's memory. {@code Linker.Option.critical} would spare that, but a
 * thread inside of such a call holds up every collection of garbage until its image is decoded.
 *
 * <p>Thread-safe: each call has a decompressor of its own, which ends with it.
 */
final class TurboJpeg {
    private static final int RGB = 0;
    private static final int CHANNELS = 3;

    /** TJFLAG_ACCURATEDCT and TJFLAG_LIMITSCANS; smoothing of chroma is the default. */
    private static final int FLAGS = 4096 | 32768;

    /** TJERR_WARNING: there are pixels, and where data were missing or wrong they are what could be made of them. */
    private static final int WARNING = 0;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final long MOST_OF_MESSAGE = 200;

    private final Linker linker = Linker.nativeLinker();
    private final NativeHeap heap = new NativeHeap(linker);
    private final MethodHandle init;
    private final MethodHandle header;
    private final MethodHandle decompress;
    private final MethodHandle errorCode;
    private final MethodHandle errorText;
    private final MethodHandle destroy;

    /** @throws RuntimeException if the library is another one, or this machine's C has a {@code long} of another size */
    TurboJpeg(SymbolLookup library) {
        if (Objects.requireNonNull(linker.canonicalLayouts().get("long")).byteSize() != Long.BYTES) {
            throw new IllegalStateException("a long of 32 bits");
        }
        var address = ValueLayout.ADDRESS;
        init = function(library, "tjInitDecompress", FunctionDescriptor.of(address));
        header = function(
                library,
                "tjDecompressHeader3",
                FunctionDescriptor.of(INT, address, address, LONG, address, address, address, address));
        decompress = function(
                library,
                "tjDecompress2",
                FunctionDescriptor.of(INT, address, address, LONG, address, INT, INT, INT, INT, INT));
        errorCode = function(library, "tjGetErrorCode", FunctionDescriptor.of(INT, address));
        errorText = function(library, "tjGetErrorStr2", FunctionDescriptor.of(address, address));
        destroy = function(library, "tjDestroy", FunctionDescriptor.of(INT, address));
    }

    @SuppressWarnings("restricted") // Whoever starts the program allows native calls, as for the engines.
    private MethodHandle function(SymbolLookup library, String name, FunctionDescriptor shape) {
        return linker.downcallHandle(library.findOrThrow(name), shape);
    }

    /**
     * Decodes a picture of one component or three, and turns it upright on its way into the heap.
     *
     * @param arrays where the image's memory comes from
     * @throws ImageException if the library cannot, or sees another size in the file than was held against the limits
     */
    Image decode(Picture picture, Reduction reduction, PixelArrays arrays) throws ImageException {
        byte[] file = picture.file().data();
        int width = reduction.of(picture.width());
        int height = reduction.of(picture.height());
        Source source = new Source(
                picture.width(),
                picture.height(),
                0,
                0,
                reduction.exactly(picture.width()),
                reduction.exactly(picture.height()));
        try (NativeMemory memory = heap.take((long) file.length + (long) CHANNELS * width * height)) {
            MemorySegment jpeg = memory.bytes().asSlice(0, file.length);
            MemorySegment pixels = memory.bytes().asSlice(file.length);
            MemorySegment.copy(file, 0, jpeg, ValueLayout.JAVA_BYTE, 0, file.length);
            decode(picture, jpeg, pixels, width, height);
            return upright(
                    picture.orientation(), pixels, width, height, source, arrays.take(CHANNELS * width * height));
        }
    }

    private void decode(Picture picture, MemorySegment jpeg, MemorySegment pixels, int width, int height)
            throws ImageException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment decompressor = (MemorySegment) init.invokeExact();
            if (decompressor.address() == 0) {
                throw new IllegalStateException("libjpeg-turbo has no memory for a decompressor");
            }
            try {
                requireSize(decompressor, jpeg, picture, arena);
                int failed = (int) decompress.invokeExact(
                        decompressor, jpeg, jpeg.byteSize(), pixels, width, CHANNELS * width, height, RGB, FLAGS);
                if (failed != 0 && (int) errorCode.invokeExact(decompressor) != WARNING) {
                    throw broken(picture, message(decompressor));
                }
            } finally {
                int _ = (int) destroy.invokeExact(decompressor);
            }
        } catch (ImageException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("libjpeg-turbo", e);
        }
    }

    private static Image upright(
            Orientation orientation, MemorySegment pixels, int width, int height, Source source, byte[] to) {
        if (orientation != Orientation.UPRIGHT) {
            return new UprightCopy(orientation, width, height)
                    .of(
                            source,
                            (from, length, into) ->
                                    MemorySegment.copy(pixels, ValueLayout.JAVA_BYTE, from, into, 0, length),
                            to);
        }
        MemorySegment.copy(pixels, ValueLayout.JAVA_BYTE, 0, to, 0, CHANNELS * width * height);
        return new Image(width, height, to, source);
    }

    /** The library writes no more than the size that it is told, and would leave a part empty if the file had a smaller one. */
    private void requireSize(MemorySegment decompressor, MemorySegment jpeg, Picture picture, Arena arena)
            throws Throwable {
        MemorySegment found = arena.allocate(INT, 4);
        int failed = (int) header.invokeExact(
                decompressor, jpeg, jpeg.byteSize(), found, found.asSlice(4), found.asSlice(8), found.asSlice(12));
        int width = found.getAtIndex(INT, 0);
        int height = found.getAtIndex(INT, 1);
        // It fails too where chroma is sampled in a way that it has no name for, which it decodes nevertheless.
        if (width != picture.width() || height != picture.height()) {
            throw broken(picture, failed == 0 ? "the decoder sees " + width + " x " + height : message(decompressor));
        }
    }

    @SuppressWarnings("restricted") // The library's messages end with a zero.
    private String message(MemorySegment decompressor) throws Throwable {
        MemorySegment text = (MemorySegment) errorText.invokeExact(decompressor);
        return text.address() == 0
                ? "its data contradict each other"
                : text.reinterpret(MOST_OF_MESSAGE).getString(0);
    }

    private static ImageException broken(Picture picture, String why) {
        return ImageException.broken(
                "JPEG of " + picture.width() + " x " + picture.height() + " pixels cannot be decoded: " + why);
    }
}
