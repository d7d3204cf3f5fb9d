package phifleet.process;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * Acts on SIGTERM and SIGINT in place of the JVM, which would start everybody's shutdown hooks at once: ONNX Runtime's hook
 * closes its environment, and a batch that still runs then and asks for more memory ends the process by SIGSEGV.
 *
 * <p>By reflection, since the compiler warns of {@code sun.misc.Signal} with a warning that cannot be switched off; the module
 * that has it, jdk.unsupported, is kept for this use (JEP 260).
 */
public final class StopSignals {
    private static final List<String> NAMES = List.of("TERM", "INT");

    private StopSignals() {}

    /**
     * Runs the action on a thread of its own at each of the signals, unless whoever started the process has them ignored.
     *
     * @param action gets the signal's name, as {@code SIGTERM}
     */
    public static void handle(Consumer<String> action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ignored = handler.getField("SIG_IGN").get(null);
            Object ours = Proxy.newProxyInstance(
                    StopSignals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            String name = "SIG" + signal.getMethod("getName").invoke(arguments[0]);
                            Thread.ofPlatform().name("stop").start(() -> action.accept(name));
                        }
                        return null;
                    });
            Method handle = signal.getMethod("handle", signal, handler);
            for (String name : NAMES) {
                Object each = signal.getConstructor(String.class).newInstance(name);
                Object before = handle.invoke(null, each, ours);
                if (ignored.equals(before)) {
                    handle.invoke(null, each, before);
                }
            }
        } catch (ReflectiveOperationException e) {
            // The JVM's own way is left: a shutdown hook.
            LoggerFactory.getLogger(StopSignals.class).warn("signals are left to the JVM: {}", e.toString());
        }
    }
}
