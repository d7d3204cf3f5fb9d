package phifleet.worker.index;

import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import phifleet.worker.index.opensearch.FakeOpenSearch;
import phifleet.worker.index.opensearch.OpenSearchIndex;
import phifleet.worker.index.opensearch.OpenSearchSettings;

/** What every index does, of the one in OpenSearch: of a fake one, and of a real one where there is one to be had. */
class OpenSearchContractTest {
    /** Its address; scripts/checks-weekly/20-opensearch starts one. */
    private static final String REAL = "PHI_TEST_OPENSEARCH_URL";

    /** Indexes of a test of their own. */
    private final String prefix = "phi-test-" + UUID.randomUUID();

    private OpenSearchSettings at(URI url) {
        return new OpenSearchSettings(
                url, prefix, OpenSearchSettings.Engine.LUCENE, null, null, 1, 0, Duration.ofSeconds(60), 3);
    }

    @Nested
    class Fake extends OrderedIndexContract {
        private final FakeOpenSearch server;

        Fake() throws Exception {
            server = new FakeOpenSearch();
        }

        @Override
        ImageIndex open(VectorSource source) throws IndexException {
            return OpenSearchIndex.open(at(server.url()), source);
        }

        @AfterEach
        void stop() {
            server.close();
        }
    }

    /** A real one takes 14 s of a processor to start, so that only who asks for the tag has it. */
    @Nested
    @Tag("opensearch")
    class Real extends OrderedIndexContract {
        @Override
        ImageIndex open(VectorSource source) throws IndexException {
            return OpenSearchIndex.open(at(URI.create(System.getenv(REAL))), source);
        }
    }
}
