package phifleet.worker.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder in which each source of vectors has an index of its own. What is read here is what was committed, open or not. */
final class LuceneFolder {
    private static final Logger LOG = LoggerFactory.getLogger(LuceneFolder.class);

    static {
        LuceneLog.quieten();
    }

    private LuceneFolder() {}

    /**
     * All that have images, in the order of their folders' names; none where there is no such folder. Without those that cannot be
     * read: broken ones, which whoever opens them is told of, and one whose files are merged away meanwhile.
     */
    static List<IndexState> filled(Path parent) throws IndexException {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        List<IndexState> states = new ArrayList<>();
        try (Stream<Path> folders = Files.list(parent)) {
            for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
                try (Directory directory = FSDirectory.open(folder)) {
                    state(directory).filter(state -> state.images() > 0).ifPresent(states::add);
                } catch (IOException e) {
                    LOG.debug("{} cannot be read now", folder, e);
                }
            }
        } catch (IOException e) {
            throw new IndexException("the indexes in " + parent + " cannot be read: " + e, e);
        }
        return states;
    }

    private static Optional<IndexState> state(Directory directory) throws IOException {
        if (!DirectoryReader.indexExists(directory)) {
            return Optional.empty();
        }
        SegmentInfos commit = SegmentInfos.readLatestCommit(directory);
        long images = 0;
        long bytes = 0;
        for (SegmentCommitInfo segment : commit) {
            images += segment.info.maxDoc() - segment.getDelCount();
            bytes += segment.sizeInBytes();
        }
        long inUse = bytes;
        long live = images;
        // Another program's index says nothing of a model.
        return LuceneSource.read(commit.getUserData())
                .map(source -> new IndexState(live, inUse, LuceneIndex.ENGINE, source));
    }
}
