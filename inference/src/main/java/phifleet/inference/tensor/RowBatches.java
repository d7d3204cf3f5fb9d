package phifleet.inference.tensor;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorMemory;
import phifleet.inference.model.TensorSet;

/**
 * Lays the tensors of several requests one behind another along their first axis, runs them as one, and takes the answers apart
 * again. Requests join where all their tensors have the same names, types and sizes but for the first axis; the others of a batch
 * run after them. One alone goes through as it is. Thread-safe.
 *
 * @param model takes a batch of one, of any number of rows; its outputs share no memory with its inputs
 * @param maxRows the most rows laid together; a request that has more alone still runs alone
 */
public record RowBatches(Model<TensorSet, TensorSet> model, int maxRows) implements Model<TensorSet, TensorSet> {

    @Override
    public List<TensorSet> run(List<TensorSet> batch) throws ModelException {
        TensorSet[] answers = new TensorSet[batch.size()];
        for (List<Integer> joined : joined(batch)) {
            List<TensorSet> parts = joined.stream().map(batch::get).toList();
            List<TensorSet> found = parts.size() == 1 ? List.of(alone(parts.getFirst())) : together(parts);
            for (int i = 0; i < joined.size(); i++) {
                answers[joined.get(i)] = found.get(i);
            }
        }
        return List.of(answers);
    }

    /** The places of those that run as one, in their order. */
    private List<List<Integer>> joined(List<TensorSet> batch) {
        List<List<Integer>> all = new ArrayList<>();
        Map<String, List<Integer>> open = new LinkedHashMap<>();
        Map<String, Long> rows = new LinkedHashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            String key = group(batch.get(i));
            long own = rows(batch.get(i));
            List<Integer> mates = open.get(key);
            if (mates == null || rows.getOrDefault(key, 0L) + own > maxRows) {
                mates = new ArrayList<>();
                all.add(mates);
                open.put(key, mates);
                rows.put(key, 0L);
            }
            mates.add(i);
            rows.merge(key, own, Long::sum);
        }
        return all;
    }

    private TensorSet alone(TensorSet one) throws ModelException {
        return model.run(List.of(one)).getFirst();
    }

    private List<TensorSet> together(List<TensorSet> parts) throws ModelException {
        Map<String, Tensor> all = new LinkedHashMap<>();
        for (String name : parts.getFirst().tensors().keySet()) {
            all.put(
                    name,
                    laid(parts.stream().map(part -> part.tensors().get(name)).toList()));
        }
        TensorSet laid = new TensorSet(all);
        TensorSet answer = alone(laid);
        laid.release();
        long total = parts.stream().mapToLong(RowBatches::rows).sum();
        List<TensorSet> found = new ArrayList<>();
        int from = 0;
        for (TensorSet part : parts) {
            int to = from + Math.toIntExact(rows(part));
            Map<String, Tensor> own = new LinkedHashMap<>();
            for (Map.Entry<String, Tensor> output : answer.tensors().entrySet()) {
                own.put(output.getKey(), rows(output.getKey(), output.getValue(), total, from, to));
            }
            found.add(new TensorSet(own));
            from = to;
        }
        // What is left of it is the parts'.
        answer.release();
        return found;
    }

    private static Tensor rows(String name, Tensor output, long total, int from, int to) throws ModelException {
        if (output.shape().isEmpty() || output.shape().getFirst() != total) {
            throw new ModelException("output " + name + " has the shape " + output.shape() + " for " + total
                    + " rows: the model does not answer row by row, so set batch_size: 1");
        }
        return output.rows(from, to);
    }

    private static Tensor laid(List<Tensor> parts) {
        Tensor first = parts.getFirst();
        List<Long> shape = new ArrayList<>(first.shape());
        shape.set(0, parts.stream().mapToLong(part -> part.shape().getFirst()).sum());
        if (first.type() == ElementType.STRING) {
            return Tensor.ofStrings(
                    shape,
                    parts.stream().flatMap(part -> part.strings().stream()).toList());
        }
        Tensor all = TensorMemory.ofProcess().tensor(first.type(), shape);
        ByteBuffer data = all.data();
        parts.forEach(part -> data.put(part.data()));
        return all;
    }

    private static long rows(TensorSet set) {
        return set.tensors().values().iterator().next().shape().getFirst();
    }

    /** The same for those that can be laid together. Sets without a common number of rows are like no others. */
    static String group(TensorSet set) {
        StringBuilder key = new StringBuilder();
        long rows = rows(set);
        for (Map.Entry<String, Tensor> entry : set.tensors().entrySet()) {
            List<Long> shape = entry.getValue().shape();
            if (shape.isEmpty() || shape.getFirst() != rows) {
                return "alone " + System.identityHashCode(set);
            }
            key.append(entry.getKey())
                    .append(' ')
                    .append(entry.getValue().type())
                    .append(shape.subList(1, shape.size()));
        }
        return key.toString();
    }

    @Override
    public void settle() throws ModelException {
        model.settle();
    }

    @Override
    public void close() {
        model.close();
    }
}
