package phifleet.common;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a worker says of itself when it announces that it is ready. It stands unchanged until the worker leaves.
 *
 * @param id names the worker, and is unique in the fleet; letters, digits, dot, dash and underscore, at most 128
 * @param url where it is reached, as {@code http://10.0.0.7:8000}; an address, since a gateway dials it for each request;
 *     {@code 0.0.0.0} stands for the address at which it is a member of the fleet
 * @param models what it holds, loaded and checked
 * @param version of the program
 * @param device as {@code cuda:0} or {@code cpu}
 */
public record WorkerCard(String id, URI url, List<HeldModel> models, String version, String device) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    public WorkerCard {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "worker id is \"" + id + "\", and must be 1 to 128 letters, digits, dots, dashes or underscores");
        }
        if (!"http".equals(url.getScheme()) || url.getHost() == null || url.getPort() < 1) {
            throw new IllegalArgumentException("worker url is " + url + ", and must look like http://HOST:PORT");
        }
        models = List.copyOf(models);
    }

    /** The card with the address of its member, where it names none of its own. */
    public WorkerCard at(String address) {
        if (!url.getHost().equals("0.0.0.0")) {
            return this;
        }
        return new WorkerCard(id, URI.create("http://" + address + ":" + url.getPort()), models, version, device);
    }

    /**
     * A model that a worker holds.
     *
     * @param name as requests name it
     * @param kind what it does, as {@code sentence-encoder}
     */
    public record HeldModel(String name, String kind) {
        public HeldModel {
            if (name.isBlank() || kind.isBlank() || hasControl(name) || hasControl(kind)) {
                throw new IllegalArgumentException(
                        "a held model needs a name and a kind of printable characters, not \"" + name + "\" and \""
                                + kind + "\"");
            }
        }

        private static boolean hasControl(String text) {
            return text.chars().anyMatch(Character::isISOControl);
        }
    }
}
