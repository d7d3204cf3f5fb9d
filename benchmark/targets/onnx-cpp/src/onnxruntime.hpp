#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "batch.hpp"

/// ONNX Runtime's library, opened from the file given. What is called of it is declared here, since its headers come with no package:
/// its table of functions only ever grows at its end.
class OnnxRuntime {
public:
    explicit OnnxRuntime(const std::filesystem::path& library);
    ~OnnxRuntime();
    OnnxRuntime(const OnnxRuntime&) = delete;
    OnnxRuntime& operator=(const OnnxRuntime&) = delete;

    std::string version() const;

    /// A graph with a number of threads for each call. Any number of threads may call one at once.
    class Session {
    public:
        Session(const OnnxRuntime& runtime, const std::filesystem::path& graph, int threads);
        ~Session();
        Session(const Session&) = delete;
        Session& operator=(const Session&) = delete;

        std::vector<Vector> vectors(const Batch& batch) const;

    private:
        const OnnxRuntime& runtime_;
        void* session_ = nullptr;
        void* memory_ = nullptr;
    };

private:
    template <class Function>
    Function* entry(std::size_t place) const {
        return reinterpret_cast<Function*>(table_[place]);
    }
    void check(void* status) const;
    void release(std::size_t place, void* object) const;
    struct Release {
        const OnnxRuntime* runtime;
        std::size_t place;
        void operator()(void* object) const { runtime->release(place, object); }
    };
    using Owned = std::unique_ptr<void, Release>;

    void* library_;
    const char* (*version_)();
    void* const* table_;
    void* environment_ = nullptr;
};
