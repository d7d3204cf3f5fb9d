package phifleet.inference.engine.onnx.session;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;

/**
 * Adds a provider by its name, as the engine's C API does for those that its library has. Its Java API does the same, but keeps it to
 * the providers that it has methods for; and its method for OpenVINO asks the JNI library, which is built for none, in place of
 * the engine's.
 */
final class NamedProvider {
    private static final MethodHandle ADD;

    static {
        try {
            ADD = MethodHandles.privateLookupIn(SessionOptions.class, MethodHandles.lookup())
                    .findVirtual(
                            SessionOptions.class,
                            "addExecutionProvider",
                            MethodType.methodType(void.class, String.class, Map.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this ONNX Runtime adds providers in another way", e);
        }
    }

    private NamedProvider() {}

    static void add(SessionOptions options, String name, Map<String, String> settings) throws OrtException {
        try {
            ADD.invoke(options, name, settings);
        } catch (OrtException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
