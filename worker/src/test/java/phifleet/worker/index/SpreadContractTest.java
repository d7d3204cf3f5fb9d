package phifleet.worker.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import phifleet.worker.index.spread.PartNode;

/** What every index does, of one whose parts three workers keep. */
class SpreadContractTest extends ImageIndexContract {
    private static final String SECRET = "as long as it has to be";

    @TempDir
    Path folder;

    private final List<PartNode> nodes = new ArrayList<>();

    @Override
    ImageIndex open(VectorSource source) throws IndexException {
        try {
            if (nodes.isEmpty()) {
                for (String id : List.of("first", "second")) {
                    nodes.add(new PartNode(id, folder.resolve(id), SECRET));
                }
            }
            // The one that is asked is opened anew by each test that closes it.
            PartNode third = new PartNode("third", folder.resolve("third"), SECRET);
            third.knows(nodes.getFirst(), nodes.get(1), third);
            nodes.add(third);
            return third.whole(source);
        } catch (IOException e) {
            throw new IndexException("no node", e);
        }
    }

    @AfterEach
    void stop() {
        nodes.forEach(PartNode::close);
    }
}
