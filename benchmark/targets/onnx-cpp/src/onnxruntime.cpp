#include "onnxruntime.hpp"

#include <dlfcn.h>

#include <array>
#include <stdexcept>

namespace {

/// The oldest version of the interface that has all of these.
constexpr std::uint32_t api_version = 8;

/// Places in the table OrtApi of onnxruntime_c_api.h.
enum Place : std::size_t {
    get_error_message = 2,
    create_env = 3,
    create_session = 7,
    run = 9,
    create_session_options = 10,
    set_graph_optimization_level = 23,
    set_intra_op_num_threads = 24,
    create_tensor_with_data = 49,
    get_tensor_mutable_data = 51,
    get_dimensions_count = 61,
    get_dimensions = 62,
    get_tensor_type_and_shape = 65,
    create_cpu_memory_info = 69,
    release_env = 92,
    release_status = 93,
    release_memory_info = 94,
    release_session = 95,
    release_value = 96,
    release_tensor_type_and_shape = 99,
    release_session_options = 100,
    add_session_config_entry = 130,
};

constexpr int warning = 2;
constexpr int enable_all = 99;
constexpr int arena_allocator = 1;
constexpr int default_memory = 0;
constexpr int int64_elements = 7;

struct ApiBase {
    void* const* (*get_api)(std::uint32_t version);
    const char* (*get_version)();
};

}  // namespace

OnnxRuntime::OnnxRuntime(const std::filesystem::path& library) : library_(dlopen(library.c_str(), RTLD_NOW)) {
    void* base = library_ ? dlsym(library_, "OrtGetApiBase") : nullptr;
    if (!base) {
        throw std::runtime_error(dlerror());
    }
    const auto* api = reinterpret_cast<const ApiBase* (*)()>(base)();
    version_ = api->get_version;
    table_ = api->get_api(api_version);
    check(entry<void*(int, const char*, void**)>(create_env)(warning, "onnx-cpp", &environment_));
}

OnnxRuntime::~OnnxRuntime() {
    release(release_env, environment_);
}

std::string OnnxRuntime::version() const {
    return version_();
}

void OnnxRuntime::check(void* status) const {
    if (status) {
        std::string message = entry<const char*(const void*)>(get_error_message)(status);
        release(release_status, status);
        throw std::runtime_error(message);
    }
}

void OnnxRuntime::release(std::size_t place, void* object) const {
    entry<void(void*)>(place)(object);
}

OnnxRuntime::Session::Session(const OnnxRuntime& runtime, const std::filesystem::path& graph, int threads)
    : runtime_(runtime) {
    void* made = nullptr;
    runtime.check(runtime.entry<void*(void**)>(create_session_options)(&made));
    Owned options(made, Release{&runtime, release_session_options});
    runtime.check(runtime.entry<void*(void*, int)>(set_graph_optimization_level)(made, enable_all));
    runtime.check(runtime.entry<void*(void*, int)>(set_intra_op_num_threads)(made, threads));
    // Threads that wait by spinning would take the cores of the other calls.
    runtime.check(runtime.entry<void*(void*, const char*, const char*)>(add_session_config_entry)(
        made, "session.intra_op.allow_spinning", "0"));
    runtime.check(runtime.entry<void*(const void*, const char*, const void*, void**)>(create_session)(
        runtime.environment_, graph.c_str(), made, &session_));
    runtime.check(runtime.entry<void*(int, int, void**)>(create_cpu_memory_info)(arena_allocator, default_memory, &memory_));
}

OnnxRuntime::Session::~Session() {
    runtime_.release(release_memory_info, memory_);
    runtime_.release(release_session, session_);
}

std::vector<Vector> OnnxRuntime::Session::vectors(const Batch& batch) const {
    static constexpr std::array names{"input_ids", "attention_mask", "token_type_ids"};
    static constexpr std::array outputs{"last_hidden_state"};
    std::vector<std::int64_t> types(batch.ids.size());
    std::array<std::int64_t, 2> shape{static_cast<std::int64_t>(batch.texts), static_cast<std::int64_t>(batch.tokens)};
    std::array<const std::vector<std::int64_t>*, 3> data{&batch.ids, &batch.mask, &types};
    std::vector<Owned> owned;
    std::array<const void*, 3> feeds{};
    for (std::size_t i = 0; i < names.size(); i++) {
        void* value = nullptr;
        // The runtime does not write to what it is given as an input.
        void* first = const_cast<std::int64_t*>(data[i]->data());
        using Create = void*(const void*, void*, std::size_t, const std::int64_t*, std::size_t, int, void**);
        runtime_.check(runtime_.entry<Create>(create_tensor_with_data)(
            memory_, first, data[i]->size() * sizeof(std::int64_t), shape.data(), shape.size(), int64_elements, &value));
        owned.emplace_back(value, Release{&runtime_, release_value});
        feeds[i] = value;
    }
    void* answer = nullptr;
    using Run = void*(void*, const void*, const char* const*, const void* const*, std::size_t, const char* const*,
                      std::size_t, void**);
    runtime_.check(runtime_.entry<Run>(run)(session_, nullptr, names.data(), feeds.data(), feeds.size(), outputs.data(),
                                            outputs.size(), &answer));
    Owned states(answer, Release{&runtime_, release_value});
    void* found = nullptr;
    runtime_.check(runtime_.entry<void*(const void*, void**)>(get_tensor_type_and_shape)(answer, &found));
    Owned form(found, Release{&runtime_, release_tensor_type_and_shape});
    std::size_t rank = 0;
    runtime_.check(runtime_.entry<void*(const void*, std::size_t*)>(get_dimensions_count)(found, &rank));
    std::vector<std::int64_t> dimensions(rank);
    runtime_.check(
        runtime_.entry<void*(const void*, std::int64_t*, std::size_t)>(get_dimensions)(found, dimensions.data(), rank));
    if (rank != 3) {
        throw std::runtime_error("the output is not of hidden states");
    }
    void* values = nullptr;
    runtime_.check(runtime_.entry<void*(void*, void**)>(get_tensor_mutable_data)(answer, &values));
    return batch.mean_of_tokens(static_cast<const float*>(values), static_cast<std::size_t>(dimensions[2]));
}
