package phifleet.inference.hub.torch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes pickles of protocol 2, opcode by opcode. */
final class PickleBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    PickleBytes() {
        code(0x80, 2);
    }

    PickleBytes code(int... codes) {
        for (int code : codes) {
            bytes.write(code);
        }
        return this;
    }

    PickleBytes code(char opcode) {
        return code((int) opcode);
    }

    PickleBytes global(String module, String name) {
        bytes.writeBytes(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    PickleBytes text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        code('X').code(utf8.length, 0, 0, 0);
        bytes.writeBytes(utf8);
        return this;
    }

    /** A tuple of small whole numbers. */
    PickleBytes sides(int... sides) {
        code('(');
        for (int side : sides) {
            code('M').code(side & 0xff, side >> 8);
        }
        return code('t');
    }

    /** A tensor as PyTorch writes it. */
    PickleBytes tensor(String storage, String key, int size, int offset, int[] shape, int[] strides) {
        global("torch._utils", "_rebuild_tensor_v2").code('(').code('(').text("storage");
        global("torch", storage).text(key).text("cpu");
        code('M').code(size & 0xff, size >> 8).code('t').code('Q');
        code('M').code(offset & 0xff, offset >> 8).sides(shape).sides(strides).code(0x89);
        return global("collections", "OrderedDict")
                .code(')')
                .code('R')
                .code('t')
                .code('R');
    }

    byte[] end() {
        return code('.').bytes.toByteArray();
    }
}
