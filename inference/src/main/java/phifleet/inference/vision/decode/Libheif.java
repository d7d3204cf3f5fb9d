package phifleet.inference.vision.decode;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * libheif's C interface, from its release 1.13 on. It turns, mirrors and crops as the file says, drops transparency and makes 8 bits of
 * more. Its releases may round chroma differently, so that a HEIC's pixels, and their hash, are those of one release.
 *
 * <p>Thread-safe: each call has a context of its own, which ends with it; all tiles are decoded on the caller's thread.
 */
final class Libheif {
    private static final int LEAST_VERSION = (1 << 24) | (13 << 16);
    private static final int HEVC = 1;
    private static final int RGB = 1;
    private static final int INTERLEAVED_RGB = 10;
    private static final int INTERLEAVED = 10;
    private static final int CHANNELS = 3;

    /** Where {@code struct heif_decoding_options} has convert_hdr_to_8bit, since its version 2. */
    private static final long TO_8_BITS = 40;

    private static final long MOST_OF_MESSAGE = 200;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final MemoryLayout ADDRESS = ValueLayout.ADDRESS;

    /** {@code struct heif_error}: its code, a finer one and a text that the library keeps. */
    private static final MemoryLayout ERROR = MemoryLayout.structLayout(INT, INT, ADDRESS);

    private final Linker linker = Linker.nativeLinker();
    private final int version;
    private final MethodHandle newContext;
    private final MethodHandle threads;
    private final MethodHandle read;
    private final MethodHandle primary;
    private final MethodHandle handleWidth;
    private final MethodHandle handleHeight;
    private final MethodHandle newOptions;
    private final MethodHandle decode;
    private final MethodHandle width;
    private final MethodHandle height;
    private final MethodHandle plane;
    private final MethodHandle endImage;
    private final MethodHandle endOptions;
    private final MethodHandle endHandle;
    private final MethodHandle endContext;

    /** @throws RuntimeException if the library is another one, too old, or decodes no HEVC */
    Libheif(SymbolLookup library) {
        version = asked(function(library, "heif_get_version_number", FunctionDescriptor.of(INT)));
        if (version < LEAST_VERSION) {
            throw new IllegalStateException("it is of release " + version() + ": 1.13 is the least");
        }
        if (asked(function(library, "heif_have_decoder_for_format", FunctionDescriptor.of(INT, INT)), HEVC) == 0) {
            throw new IllegalStateException("it has no decoder for HEVC (Debian: libde265-0)");
        }
        newContext = function(library, "heif_context_alloc", FunctionDescriptor.of(ADDRESS));
        threads = function(library, "heif_context_set_max_decoding_threads", FunctionDescriptor.ofVoid(ADDRESS, INT));
        read = function(
                library,
                "heif_context_read_from_memory_without_copy",
                FunctionDescriptor.of(ERROR, ADDRESS, ADDRESS, ValueLayout.JAVA_LONG, ADDRESS));
        primary = function(
                library, "heif_context_get_primary_image_handle", FunctionDescriptor.of(ERROR, ADDRESS, ADDRESS));
        handleWidth = function(library, "heif_image_handle_get_width", FunctionDescriptor.of(INT, ADDRESS));
        handleHeight = function(library, "heif_image_handle_get_height", FunctionDescriptor.of(INT, ADDRESS));
        newOptions = function(library, "heif_decoding_options_alloc", FunctionDescriptor.of(ADDRESS));
        decode = function(
                library, "heif_decode_image", FunctionDescriptor.of(ERROR, ADDRESS, ADDRESS, INT, INT, ADDRESS));
        width = function(library, "heif_image_get_width", FunctionDescriptor.of(INT, ADDRESS, INT));
        height = function(library, "heif_image_get_height", FunctionDescriptor.of(INT, ADDRESS, INT));
        plane = function(
                library, "heif_image_get_plane_readonly", FunctionDescriptor.of(ADDRESS, ADDRESS, INT, ADDRESS));
        endImage = function(library, "heif_image_release", FunctionDescriptor.ofVoid(ADDRESS));
        endOptions = function(library, "heif_decoding_options_free", FunctionDescriptor.ofVoid(ADDRESS));
        endHandle = function(library, "heif_image_handle_release", FunctionDescriptor.ofVoid(ADDRESS));
        endContext = function(library, "heif_context_free", FunctionDescriptor.ofVoid(ADDRESS));
    }

    @SuppressWarnings("restricted") // Whoever starts the program allows native calls, as for the engines.
    private MethodHandle function(SymbolLookup library, String name, FunctionDescriptor shape) {
        return linker.downcallHandle(library.findOrThrow(name), shape);
    }

    private static int asked(MethodHandle function, Object... arguments) {
        try {
            return (int) function.invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("libheif", e);
        }
    }

    /** As its makers write it. */
    String version() {
        return (version >> 24) + "." + ((version >> 16) & 0xFF) + "." + ((version >> 8) & 0xFF);
    }

    /**
     * Decodes a picture, turned and cropped as its file says.
     *
     * @throws ImageException if the library cannot, or sees more pixels in the file than were held against the limits
     */
    Image decode(Picture picture) throws ImageException {
        byte[] file = picture.file().data();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(file.length);
            MemorySegment.copy(file, 0, bytes, ValueLayout.JAVA_BYTE, 0, file.length);
            MemorySegment context = made((MemorySegment) newContext.invokeExact());
            try {
                threads.invokeExact(context, 0);
                require(picture, (MemorySegment) read.invokeExact(
                        (SegmentAllocator) arena, context, bytes, bytes.byteSize(), MemorySegment.NULL));
                MemorySegment place = arena.allocate(ADDRESS);
                require(picture, (MemorySegment) primary.invokeExact((SegmentAllocator) arena, context, place));
                MemorySegment handle = place.get(ValueLayout.ADDRESS, 0);
                try {
                    return decode(picture, handle, arena);
                } finally {
                    endHandle.invokeExact(handle);
                }
            } finally {
                endContext.invokeExact(context);
            }
        } catch (ImageException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("libheif", e);
        }
    }

    @SuppressWarnings("restricted") // The options are at least as long as their version 2.
    private Image decode(Picture picture, MemorySegment handle, Arena arena) throws Throwable {
        int across = (int) handleWidth.invokeExact(handle);
        int down = (int) handleHeight.invokeExact(handle);
        if (across < 1 || down < 1 || (long) across * down > (long) picture.width() * picture.height()) {
            throw broken(picture, "the decoder sees " + across + " x " + down);
        }
        MemorySegment options = made((MemorySegment) newOptions.invokeExact()).reinterpret(TO_8_BITS + 1);
        try {
            options.set(ValueLayout.JAVA_BYTE, TO_8_BITS, (byte) 1);
            MemorySegment place = arena.allocate(ADDRESS);
            require(picture, (MemorySegment)
                    decode.invokeExact((SegmentAllocator) arena, handle, place, RGB, INTERLEAVED_RGB, options));
            MemorySegment image = place.get(ValueLayout.ADDRESS, 0);
            try {
                return pixels(picture, image, across, down, arena);
            } finally {
                endImage.invokeExact(image);
            }
        } finally {
            endOptions.invokeExact(options);
        }
    }

    @SuppressWarnings("restricted") // The plane has as many rows as the library says, of as many bytes.
    private Image pixels(Picture picture, MemorySegment image, int across, int down, Arena arena) throws Throwable {
        int columns = (int) width.invokeExact(image, INTERLEAVED);
        int rows = (int) height.invokeExact(image, INTERLEAVED);
        MemorySegment stride = arena.allocate(INT);
        MemorySegment plane = (MemorySegment) this.plane.invokeExact(image, INTERLEAVED, stride);
        int step = stride.get(INT, 0);
        int row = CHANNELS * columns;
        if (columns != across || rows != down || plane.address() == 0 || step < row) {
            throw broken(picture, "the decoder made " + columns + " x " + rows);
        }
        MemorySegment all = plane.reinterpret((long) step * rows);
        byte[] rgb = new byte[row * rows];
        for (int y = 0; y < rows; y++) {
            MemorySegment.copy(all, ValueLayout.JAVA_BYTE, (long) y * step, rgb, y * row, row);
        }
        return new Image(columns, rows, rgb);
    }

    private static MemorySegment made(MemorySegment address) {
        if (address.address() == 0) {
            throw new IllegalStateException("libheif has no memory");
        }
        return address;
    }

    @SuppressWarnings("restricted") // The library's messages end with a zero.
    private static void require(Picture picture, MemorySegment error) throws ImageException {
        if (error.get(INT, 0) != 0) {
            MemorySegment text = error.get(ValueLayout.ADDRESS, 2L * Integer.BYTES);
            throw broken(
                    picture,
                    text.address() == 0
                            ? "its data contradict each other"
                            : text.reinterpret(MOST_OF_MESSAGE).getString(0));
        }
    }

    private static ImageException broken(Picture picture, String why) {
        return ImageException.broken(
                "HEIC of " + picture.width() + " x " + picture.height() + " pixels cannot be decoded: " + why);
    }
}
