package phifleet.inference.hub.torch;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import phifleet.inference.hub.torch.PickleValue.Flag;
import phifleet.inference.hub.torch.PickleValue.Global;
import phifleet.inference.hub.torch.PickleValue.Mark;
import phifleet.inference.hub.torch.PickleValue.Names;
import phifleet.inference.hub.torch.PickleValue.None;
import phifleet.inference.hub.torch.PickleValue.Row;
import phifleet.inference.hub.torch.PickleValue.Storage;
import phifleet.inference.hub.torch.PickleValue.Stored;
import phifleet.inference.hub.torch.PickleValue.Text;
import phifleet.inference.hub.torch.PickleValue.Whole;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.ModelException;

/**
 * Reads a pickle of protocol 2, the one that PyTorch writes, as far as dictionaries of tensors need it. A pickle is a program that may name
 * any function of Python's; here names are compared with the few below and nothing is looked up or called, whatever else it has is refused
 * by name. It has no jumps, so reading ends with the bytes, and nothing is made that is larger than they are.
 *
 * <p>Source: the comments of CPython's {@code Lib/pickletools.py}; {@code torch/_utils.py} for the arguments of what is rebuilt.
 */
final class PickleMachine {
    private static final int PROTOCOL = 2;
    private static final String TENSOR = "torch._utils._rebuild_tensor_v2";
    private static final String PARAMETER = "torch._utils._rebuild_parameter";
    private static final String DICTIONARY = "collections.OrderedDict";

    private static final Map<String, ElementType> STORAGES = Map.of(
            "torch.FloatStorage", ElementType.FP32,
            "torch.HalfStorage", ElementType.FP16,
            "torch.BFloat16Storage", ElementType.BF16);

    private final ByteBuffer code;
    private final List<PickleValue> stack = new ArrayList<>();
    private final Map<Integer, PickleValue> memo = new HashMap<>();

    private PickleMachine(ByteBuffer code) {
        this.code = code.order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads a pickle.
     *
     * @return what it ends with
     * @throws ModelException where it is cut short, or holds what dictionaries of tensors do not: the message names it
     */
    static PickleValue read(byte[] pickle) throws ModelException {
        try {
            return new PickleMachine(ByteBuffer.wrap(pickle)).run();
        } catch (BufferUnderflowException | IndexOutOfBoundsException | NoSuchElementException | ClassCastException e) {
            throw new ModelException("the pickle is cut short or damaged", e);
        }
    }

    private PickleValue run() throws ModelException {
        while (true) {
            int at = code.position();
            int opcode = code.get() & 0xff;
            switch (opcode) {
                case 0x80 -> {
                    int protocol = code.get();
                    if (protocol != PROTOCOL) {
                        throw new ModelException("the pickle has protocol " + protocol + "; " + PROTOCOL + " is read");
                    }
                }
                case '.' -> {
                    return pop();
                }
                case '(' -> stack.add(new Mark());
                case 'N' -> stack.add(new None());
                case 0x88 -> stack.add(new Flag(true));
                case 0x89 -> stack.add(new Flag(false));
                case 'J' -> stack.add(new Whole(code.getInt()));
                case 'K' -> stack.add(new Whole(code.get() & 0xff));
                case 'M' -> stack.add(new Whole(code.getShort() & 0xffff));
                case 0x8a -> stack.add(new Whole(number(code.get() & 0xff)));
                case 'X' -> stack.add(new Text(text(code.getInt())));
                case ')' -> stack.add(new Row(List.of()));
                case 0x85 -> row(1);
                case 0x86 -> row(2);
                case 0x87 -> row(3);
                case 't' -> stack.add(new Row(sinceMark()));
                case '}' -> stack.add(new Names(new LinkedHashMap<>()));
                case 's' -> put(List.of(stack.remove(stack.size() - 2), stack.removeLast()));
                case 'u' -> put(sinceMark());
                case 'q' -> memo.put(code.get() & 0xff, stack.getLast());
                case 'r' -> memo.put(code.getInt(), stack.getLast());
                case 'h' -> stack.add(remembered(code.get() & 0xff));
                case 'j' -> stack.add(remembered(code.getInt()));
                case 'c' -> stack.add(new Global(line() + '.' + line()));
                case 'Q' -> stack.add(storage((Row) pop()));
                case 'R' -> {
                    Row arguments = (Row) pop();
                    stack.add(called(((Global) pop()).name(), arguments.items()));
                }
                case 'b' -> {
                    // What a dictionary has besides its entries: versions of modules.
                    PickleValue state = pop();
                    if (!(stack.getLast() instanceof Names) || !(state instanceof Names)) {
                        throw new ModelException("the pickle sets the state of what is no dictionary");
                    }
                }
                default ->
                    throw new ModelException("the pickle has the opcode 0x%02x at byte %d, which tensors do not need"
                            .formatted(opcode, at));
            }
        }
    }

    private PickleValue pop() {
        return stack.removeLast();
    }

    private void row(int items) {
        List<PickleValue> last = stack.subList(stack.size() - items, stack.size());
        Row row = new Row(last);
        last.clear();
        stack.add(row);
    }

    private List<PickleValue> sinceMark() {
        int mark = stack.size() - 1;
        while (!(stack.get(mark) instanceof Mark)) {
            mark--;
        }
        List<PickleValue> items = List.copyOf(stack.subList(mark + 1, stack.size()));
        stack.subList(mark, stack.size()).clear();
        return items;
    }

    /** Puts keys and values, by turns, into the dictionary that is last on the stack. */
    private void put(List<PickleValue> items) throws ModelException {
        Names names = (Names) stack.getLast();
        for (int i = 0; i < items.size(); i += 2) {
            names.entries().put(((Text) items.get(i)).value(), items.get(i + 1));
        }
    }

    private PickleValue remembered(int place) throws ModelException {
        PickleValue value = memo.get(place);
        if (value == null) {
            throw new ModelException("the pickle remembers nothing at " + place);
        }
        return value;
    }

    private static Storage storage(Row row) throws ModelException {
        List<PickleValue> items = row.items();
        String kind = ((Global) items.get(1)).name();
        ElementType type = STORAGES.get(kind);
        if (!((Text) items.getFirst()).value().equals("storage") || type == null) {
            throw new ModelException("the pickle holds " + kind + "; 32- and 16-bit floats are read");
        }
        return new Storage(type, ((Text) items.get(2)).value(), ((Whole) items.get(4)).value());
    }

    private static PickleValue called(String function, List<PickleValue> arguments) throws ModelException {
        return switch (function) {
            case DICTIONARY -> {
                if (!arguments.isEmpty()) {
                    throw new ModelException("the pickle makes a dictionary of something else");
                }
                yield new Names(new LinkedHashMap<>());
            }
            case TENSOR ->
                new Stored(
                        (Storage) arguments.getFirst(),
                        ((Whole) arguments.get(1)).value(),
                        sides((Row) arguments.get(2)),
                        sides((Row) arguments.get(3)));
            case PARAMETER -> (Stored) arguments.getFirst();
            default ->
                throw new ModelException(
                        "the pickle calls " + function + ", which dictionaries of tensors do not need");
        };
    }

    private static List<Long> sides(Row row) {
        return row.items().stream().map(side -> ((Whole) side).value()).toList();
    }

    private String text(int length) {
        if (length < 0 || length > code.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        code.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() {
        int from = code.position();
        while (code.get() != '\n') {}
        int length = code.position() - 1 - from;
        code.position(from);
        String line = text(length);
        code.get();
        return line;
    }

    /** Two's complement, least byte first, of up to 8 bytes. */
    private long number(int bytes) throws ModelException {
        if (bytes > Long.BYTES) {
            throw new ModelException("the pickle has a number of " + bytes + " bytes");
        }
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            long next = i == bytes - 1 ? code.get() : code.get() & 0xff;
            value |= next << (8 * i);
        }
        return value;
    }
}
