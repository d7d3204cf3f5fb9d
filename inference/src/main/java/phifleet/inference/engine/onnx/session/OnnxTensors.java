package phifleet.inference.engine.onnx.session;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.TensorInfo.OnnxTensorType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorMemory;

/** Tensors between their own form and the engine's: in without a copy where they lie outside of the heap, out with one. */
final class OnnxTensors {
    private OnnxTensors() {}

    /** The engine's view of a tensor, which must live as long; the caller closes it. */
    static OnnxTensor in(OrtEnvironment environment, Tensor tensor) throws OrtException {
        long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
        ByteBuffer data = tensor.data();
        return switch (tensor.type()) {
            case STRING -> OnnxTensor.createTensor(environment, tensor.strings().toArray(String[]::new), shape);
            case UINT16 ->
                Unsigned.create(data, shape, OnnxJavaType.INT16, OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT16);
            case UINT32 ->
                Unsigned.create(data, shape, OnnxJavaType.INT32, OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT32);
            case UINT64 ->
                Unsigned.create(data, shape, OnnxJavaType.INT64, OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT64);
            case FP32 -> create(environment, data, shape, OnnxJavaType.FLOAT);
            case FP64 -> create(environment, data, shape, OnnxJavaType.DOUBLE);
            case FP16 -> create(environment, data, shape, OnnxJavaType.FLOAT16);
            case BF16 -> create(environment, data, shape, OnnxJavaType.BFLOAT16);
            case INT8 -> create(environment, data, shape, OnnxJavaType.INT8);
            case UINT8 -> create(environment, data, shape, OnnxJavaType.UINT8);
            case INT16 -> create(environment, data, shape, OnnxJavaType.INT16);
            case INT32 -> create(environment, data, shape, OnnxJavaType.INT32);
            case INT64 -> create(environment, data, shape, OnnxJavaType.INT64);
            case BOOL -> create(environment, data, shape, OnnxJavaType.BOOL);
        };
    }

    /** A copy of what the engine gave, in memory that can be released. */
    static Tensor out(OnnxTensor tensor) throws OrtException {
        TensorInfo info = tensor.getInfo();
        List<Long> shape = Arrays.stream(info.getShape()).boxed().toList();
        ElementType type = type(info);
        if (type == ElementType.STRING) {
            return Tensor.ofStrings(shape, strings(tensor.getValue()));
        }
        Tensor copy = TensorMemory.ofProcess().tensor(type, shape);
        copy.data().put(Elements.of(tensor));
        return copy;
    }

    /**
     * The type of a tensor; the engine's Java API numbers types by itself, not as ONNX files do.
     *
     * @throws IllegalArgumentException for types that no tensor of ours has
     */
    static ElementType type(TensorInfo info) {
        return switch (info.onnxType) {
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT -> ElementType.FP32;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE -> ElementType.FP64;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16 -> ElementType.FP16;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_BFLOAT16 -> ElementType.BF16;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL -> ElementType.BOOL;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_STRING -> ElementType.STRING;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8 -> ElementType.INT8;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT16 -> ElementType.INT16;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32 -> ElementType.INT32;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64 -> ElementType.INT64;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8 -> ElementType.UINT8;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT16 -> ElementType.UINT16;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT32 -> ElementType.UINT32;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT64 -> ElementType.UINT64;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UNDEFINED,
                    ONNX_TENSOR_ELEMENT_DATA_TYPE_COMPLEX64,
                    ONNX_TENSOR_ELEMENT_DATA_TYPE_COMPLEX128,
                    ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT8E4M3FN,
                    ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT8E4M3FNUZ,
                    ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT8E5M2,
                    ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT8E5M2FNUZ ->
                throw new IllegalArgumentException("tensors of " + info.onnxType + " are not supported");
        };
    }

    private static OnnxTensor create(OrtEnvironment environment, ByteBuffer data, long[] shape, OnnxJavaType type)
            throws OrtException {
        return OnnxTensor.createTensor(environment, direct(data), shape, type);
    }

    /** ONNX Runtime's own copy of what lies in the heap takes bytes for floats, and fails. */
    private static ByteBuffer direct(ByteBuffer data) {
        return data.isDirect()
                ? data
                : ByteBuffer.allocateDirect(data.remaining())
                        .order(data.order())
                        .put(data)
                        .flip();
    }

    private static List<String> strings(Object value) {
        return switch (value) {
            case String one -> List.of(one);
            case Object[] many ->
                Arrays.stream(many).flatMap(part -> strings(part).stream()).toList();
            default -> throw new IllegalArgumentException("strings in a " + value.getClass());
        };
    }

    /** The engine's Java API copies elements into new memory each time; what it copies from is its own. */
    private static final class Elements {
        private static final MethodHandle WHERE_THEY_LIE;

        static {
            try {
                WHERE_THEY_LIE = MethodHandles.privateLookupIn(OnnxTensor.class, MethodHandles.lookup())
                        .findVirtual(OnnxTensor.class, "getBuffer", MethodType.methodType(ByteBuffer.class));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("this ONNX Runtime gives tensors in another way", e);
            }
        }

        /** Valid until the tensor is closed. */
        static ByteBuffer of(OnnxTensor tensor) {
            try {
                return (ByteBuffer) WHERE_THEY_LIE.invokeExact(tensor);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /**
     * The engine's Java API reads unsigned integers of more than 8 bits but makes none, though its native side does
     * (checked with 1.24.1, 1.26.0 and 1.29.0): so its own way of making tensors is called with the type's number.
     */
    private static final class Unsigned {
        private static final MethodHandle MAKE;
        private static final MethodHandle WRAP;
        private static final MethodHandle INFO;
        private static final long API;
        private static final long ALLOCATOR;

        static {
            try {
                MethodHandles.Lookup tensors = MethodHandles.privateLookupIn(OnnxTensor.class, MethodHandles.lookup());
                MAKE = tensors.findStatic(
                        OnnxTensor.class,
                        "createTensorFromBuffer",
                        MethodType.methodType(
                                long.class,
                                long.class,
                                long.class,
                                Buffer.class,
                                int.class,
                                long.class,
                                long[].class,
                                int.class));
                WRAP = tensors.findConstructor(
                        OnnxTensor.class,
                        MethodType.methodType(
                                void.class, long.class, long.class, TensorInfo.class, Buffer.class, boolean.class));
                INFO = tensors.findConstructor(
                        TensorInfo.class,
                        MethodType.methodType(void.class, long[].class, OnnxJavaType.class, OnnxTensorType.class));
                Class<?> runtime = Class.forName("ai.onnxruntime.OnnxRuntime");
                API = (long) tensors.findStaticVarHandle(runtime, "ortApiHandle", long.class)
                        .get();
                VarHandle environmentAllocator = tensors.findVarHandle(
                        OrtEnvironment.class, "defaultAllocator", Class.forName("ai.onnxruntime.OrtAllocator"));
                Object allocator = environmentAllocator.get(OrtEnvironment.getEnvironment());
                ALLOCATOR = (long) tensors.findVarHandle(allocator.getClass(), "handle", long.class)
                        .get(allocator);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("this ONNX Runtime makes tensors in another way", e);
            }
        }

        static OnnxTensor create(ByteBuffer data, long[] shape, OnnxJavaType like, OnnxTensorType type)
                throws OrtException {
            ByteBuffer outside = direct(data);
            try {
                TensorInfo info = (TensorInfo) INFO.invoke(shape, like, type);
                long handle = (long)
                        MAKE.invoke(API, ALLOCATOR, (Buffer) outside, 0, (long) outside.remaining(), shape, type.value);
                return (OnnxTensor) WRAP.invoke(handle, ALLOCATOR, info, (Buffer) outside, false);
            } catch (OrtException | RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
