package phifleet.inference.hub.remote;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A file of a model, as the Hub lists it.
 *
 * @param path below the model's folder, with slashes
 * @param size in bytes
 * @param sum of its bytes, in hexadecimal digits: SHA-256 of a large file; of a small one SHA-1 of git's object, which has a head
 *     with its length. The cache's tools name the file by it
 */
public record HubFile(String path, long size, String sum) {
    private static final Pattern SUM = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final int SHA_1_DIGITS = 40;

    /** Whether this can be a file below a folder and its sum one: whoever sends the list may write anything. */
    boolean isSound() {
        return size >= 0
                && SUM.matcher(sum).matches()
                && path.chars().noneMatch(c -> c < ' ' || c == '\\' || c == ':')
                && Arrays.stream(path.split("/", -1))
                        .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    }

    boolean isGitObject() {
        return sum.length() == SHA_1_DIGITS;
    }
}
