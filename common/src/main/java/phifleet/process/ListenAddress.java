package phifleet.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;

/** Whether a program will be able to listen, asked before it does anything that takes long. */
public final class ListenAddress {
    private ListenAddress() {}

    /** Why nobody can listen there now, in one line; empty where somebody can, and for ports that are none yet. */
    public static Optional<String> problem(String host, int port) {
        if (port <= 0) {
            return Optional.empty();
        }
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            return Optional.of(line(host, port, "no machine has that name"));
        }
        try (ServerSocket tried = new ServerSocket()) {
            tried.bind(address);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(line(host, port, reason(String.valueOf(e.getMessage()))));
        }
    }

    private static String line(String host, int port, String reason) {
        return "cannot listen on " + host + ":" + port + ": " + reason;
    }

    /** There are no exception types for these, only the system's words. */
    private static String reason(String message) {
        if (message.contains("Address already in use")) {
            return "the port is taken";
        }
        if (message.contains("Permission denied")) {
            return "ports below 1024 need a privilege that this process has not";
        }
        if (message.contains("Cannot assign requested address")) {
            return "the address is none of this machine's";
        }
        return message;
    }
}
