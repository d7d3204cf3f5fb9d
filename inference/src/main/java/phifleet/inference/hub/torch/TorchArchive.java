package phifleet.inference.hub.torch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import phifleet.inference.hub.torch.PickleValue.Names;
import phifleet.inference.hub.torch.PickleValue.Stored;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.ModelException;

/**
 * The named tensors of a file that PyTorch's {@code save} wrote since its release 1.6: a zip of a pickle, which says what there is, and a
 * file of numbers a storage. Read as data ({@link PickleMachine}); whatever the pickle holds besides tensors is refused.
 */
public final class TorchArchive {
    private static final String PICKLE = "/data.pkl";

    /** A pickle of a thousand tensors has a tenth of it. */
    private static final int MOST_PICKLE_BYTES = 1 << 20;

    private static final long MOST_NUMBERS = 1 << 26;

    private final Path file;
    private final String folder;
    private final Map<String, Stored> tensors;

    private TorchArchive(Path file, String folder, Map<String, Stored> tensors) {
        this.file = file;
        this.folder = folder;
        this.tensors = tensors;
    }

    /**
     * Reads what tensors there are.
     *
     * @throws ModelException if the file is none of these, is damaged, or holds more than tensors
     */
    public static TorchArchive read(Path file) throws ModelException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<? extends ZipEntry> pickles = zip.stream()
                    .filter(entry -> entry.getName().endsWith(PICKLE))
                    .toList();
            if (pickles.size() != 1) {
                throw new ModelException(file + " holds " + pickles.size() + " pickles, and PyTorch writes one");
            }
            String name = pickles.getFirst().getName();
            String folder = name.substring(0, name.length() - PICKLE.length() + 1);
            ZipEntry order = zip.getEntry(folder + "byteorder");
            if (order != null
                    && !new String(bytes(zip, order, 16), StandardCharsets.US_ASCII)
                            .strip()
                            .equals("little")) {
                throw new ModelException(file + " was written by a machine of another order of bytes");
            }
            return new TorchArchive(
                    file, folder, tensors(PickleMachine.read(bytes(zip, pickles.getFirst(), MOST_PICKLE_BYTES))));
        } catch (ZipException e) {
            throw new ModelException(
                    file
                            + " is no zip file, or is damaged; PyTorch's own form from before its release 1.6 is not read: "
                            + e.getMessage(),
                    e);
        } catch (IOException e) {
            throw new ModelException(file + " cannot be read: " + e, e);
        } catch (ModelException e) {
            throw String.valueOf(e.getMessage()).startsWith(file.toString())
                    ? e
                    : new ModelException(file + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, Stored> tensors(PickleValue whole) throws ModelException {
        if (!(whole instanceof Names(var entries))) {
            throw new ModelException("the pickle is no dictionary of tensors");
        }
        Map<String, Stored> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, PickleValue> entry : entries.entrySet()) {
            if (!(entry.getValue() instanceof Stored stored)) {
                throw new ModelException(entry.getKey() + " is no tensor");
            }
            tensors.put(entry.getKey(), stored);
        }
        return tensors;
    }

    public List<String> names() {
        return List.copyOf(tensors.keySet());
    }

    /** The sides of a tensor; null where there is none of this name. */
    public @Nullable List<Long> shape(String name) {
        Stored tensor = tensors.get(name);
        return tensor == null ? null : tensor.shape();
    }

    /**
     * The numbers of a tensor as 32-bit floats, row by row.
     *
     * @throws ModelException if there is none of this name, or it does not fit what the file holds
     */
    public float[] floats(String name) throws ModelException {
        Stored tensor = tensors.get(name);
        if (tensor == null) {
            throw new ModelException(file + " has no tensor " + name + ", but " + tensors.keySet());
        }
        long count = 1;
        for (int axis = tensor.shape().size() - 1; axis >= 0; axis--) {
            long side = tensor.shape().get(axis);
            boolean inOrder = tensor.strides().size() == tensor.shape().size()
                    && (side == 1 || tensor.strides().get(axis) == count);
            if (side < 1 || side > MOST_NUMBERS / count || !inOrder) {
                throw new ModelException(file + ": tensor " + name + " of shape " + tensor.shape() + " and strides "
                        + tensor.strides() + "; numbers in the order of their rows are read, up to " + MOST_NUMBERS);
            }
            count *= side;
        }
        ElementType type = tensor.storage().type();
        long size = tensor.storage().size();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry entry = zip.getEntry(folder + "data/" + tensor.storage().key());
            long bytes = entry == null ? -1 : entry.getSize();
            if (entry == null
                    || size < 0
                    || size > MOST_NUMBERS
                    || bytes < size * type.bytes()
                    || tensor.offset() < 0
                    || tensor.offset() > size - count) {
                throw new ModelException(
                        file + ": tensor " + name + " of shape " + tensor.shape() + " begins at number "
                                + tensor.offset() + " of " + size + ", and the file has " + Math.max(0, bytes)
                                + " bytes of them");
            }
            ByteBuffer numbers = ByteBuffer.wrap(bytes(zip, entry, (int) (size * type.bytes())))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .position((int) (tensor.offset() * type.bytes()));
            float[] values = new float[(int) count];
            for (int i = 0; i < values.length; i++) {
                values[i] = switch (type) {
                    case FP16 -> Float.float16ToFloat(numbers.getShort());
                    case BF16 -> Float.intBitsToFloat(numbers.getShort() << Short.SIZE);
                    default -> numbers.getFloat();
                };
            }
            return values;
        } catch (IOException | BufferUnderflowException e) {
            throw new ModelException(file + ": tensor " + name + " cannot be read: " + e, e);
        }
    }

    /** An entry's first bytes, whatever it says of its size. */
    private static byte[] bytes(ZipFile zip, ZipEntry entry, int most) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readNBytes(most);
        }
    }
}
