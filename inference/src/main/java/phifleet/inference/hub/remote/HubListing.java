package phifleet.inference.hub.remote;

import java.util.List;
import java.util.Optional;

/**
 * What a model has at one commit.
 *
 * @param commit 40 hexadecimal digits
 */
public record HubListing(String commit, List<HubFile> files) {
    public HubListing {
        files = List.copyOf(files);
    }

    public Optional<HubFile> file(String path) {
        return files.stream().filter(file -> file.path().equals(path)).findFirst();
    }
}
