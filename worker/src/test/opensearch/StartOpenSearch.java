import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.opensearch.Version;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.knn.plugin.KNNPlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessModulePlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.plugins.PluginInfo;
import org.opensearch.transport.Netty4ModulePlugin;

/** A real OpenSearch with its k-NN plugin in this process, for one machine, without TLS: arguments are its folder and its port. */
final class StartOpenSearch {
    private static final class OneNode extends Node {
        OneNode(Environment environment, List<PluginInfo> plugins) {
            super(environment, plugins, true);
        }
    }

    private static PluginInfo plugin(Class<? extends Plugin> type, List<String> extended) {
        return new PluginInfo(
                type.getSimpleName(), "", "3.5.0", Version.CURRENT, "21", type.getName(), null, extended, false);
    }

    public static void main(String[] arguments) throws Exception {
        Settings settings = Settings.builder()
                .put("path.home", arguments[0])
                .put("http.port", arguments[1])
                .put("transport.port", "0")
                .put("network.host", "127.0.0.1")
                .put("discovery.type", "single-node")
                .put("cluster.name", "phi-check")
                .put("node.name", "one")
                // A full disk of a machine that builds is not what is looked into.
                .put("cluster.routing.allocation.disk.threshold_enabled", false)
                .build();
        Environment environment = InternalSettingsPreparer.prepareEnvironment(
                settings, Map.of(), Path.of(arguments[0], "config"), () -> "one");
        Node node = new OneNode(
                environment,
                List.of(
                        plugin(Netty4ModulePlugin.class, List.of()),
                        plugin(PainlessModulePlugin.class, List.of()),
                        plugin(KNNPlugin.class, List.of())));
        node.start();
        System.out.println("started");
        Thread.currentThread().join();
    }
}
