package phifleet.inference.graph.encoder;

import java.util.Collections;
import java.util.List;
import phifleet.inference.graph.family.Family;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.model.ModelException;

/**
 * Longformer (Beltagy et al., 2020): RoBERTa whose tokens look no further than a window. As its code has it where nobody names tokens that
 * see all, which nobody does for a text's vector.
 */
public record Longformer() implements Family {
    private static final String WINDOW = "attention_window";

    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        EncoderLayer.Sizes sizes = Bert.sizes(config);
        Positions places = new Positions(config.id("pad_token_id", 1));
        List<Integer> windows = windows(config, sizes.layers());
        Attention attention = sizes.attention(parts);
        String x = Bert.embeddings(parts, sizes.width(), sizes.epsilon());
        for (int i = 0; i < sizes.layers(); i++) {
            String layer = "encoder.layer." + i + ".";
            Mask mask = Mask.within(windows.get(i) / 2);
            x = EncoderLayer.BERT.write(parts, x, layer, sizes, attention, mask);
            for (String part : List.of("query", "key", "value")) {
                parts.weights().leave(layer + "attention.self." + part + "_global.weight");
                parts.weights().leave(layer + "attention.self." + part + "_global.bias");
            }
        }
        int table = config.size("max_position_embeddings", 512);
        return new Written(x, sizes.width(), attention, places, places.room(table));
    }

    /** A number for all layers, or one for each. */
    private static List<Integer> windows(Config config, int layers) throws ModelException {
        List<Double> listed = config.numbers(WINDOW);
        List<Integer> windows = listed.isEmpty()
                ? Collections.nCopies(layers, config.size(WINDOW, 512))
                : listed.stream().map(Double::intValue).toList();
        if (windows.size() != layers || windows.stream().anyMatch(window -> window < 2 || window % 2 != 0)) {
            throw config.refused(WINDOW + " is " + windows
                    + "; it must be one even number from 2 on, or one for each of the layers");
        }
        return windows;
    }
}
