package phifleet.worker.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.transport.Transport;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/** The Vert.x instance of a worker: the system's own transport where there is one, and no more threads than are used. */
public final class WorkerVertx {
    private WorkerVertx() {}

    /** Makes the instance; its owner closes it. */
    public static Vertx create(HttpSettings settings, MeterRegistry registry) {
        VertxOptions options = new VertxOptions()
                .setEventLoopPoolSize(settings.eventLoops())
                // Nothing here blocks on Vert.x's own pools.
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(2)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false))
                .setMetricsOptions(metrics());
        var builder = Vertx.builder().with(options).withMetrics(new MicrometerMetricsFactory(registry));
        Transport epoll = Transport.EPOLL;
        if (epoll != null && epoll.available()) {
            builder.withTransport(epoll);
        }
        return builder.build();
    }

    /**
     * Pools. Requests and connections are counted by the worker's own meters, which know routes and models; Vert.x's own for HTTP look each
     * meter up by its name at every request, a twentieth of what an event loop does for one.
     */
    private static MicrometerMetricsOptions metrics() {
        Set<String> off = new TreeSet<>();
        EnumSet.complementOf(EnumSet.of(MetricsDomain.NAMED_POOLS)).forEach(domain -> off.add(domain.toCategory()));
        return new MicrometerMetricsOptions()
                .setEnabled(true)
                .setLabels(EnumSet.of(Label.POOL_TYPE, Label.POOL_NAME))
                .setDisabledMetricsCategories(off);
    }
}
