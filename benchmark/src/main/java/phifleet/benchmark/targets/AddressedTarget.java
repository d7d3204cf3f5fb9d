package phifleet.benchmark.targets;

import java.net.URI;
import java.util.Optional;
import phifleet.benchmark.Usage;

/** A server that runs somewhere and goes on doing so. */
public record AddressedTarget(String name, URI url, Dialect dialect, String model) implements Target {
    public AddressedTarget(TargetSettings.Address settings) {
        this(settings.name(), settings.url(), settings.dialect(), settings.model());
    }

    @Override
    public void start() {
        // It runs.
    }

    @Override
    public Optional<Usage> usage() {
        return Optional.empty();
    }

    @Override
    public void stop() {
        // It is not ours to end.
    }

    @Override
    public boolean ended() {
        return false;
    }
}
