#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

#include "batch.hpp"

/// Threads that encode batches in the order in which they come.
class Pool {
public:
    using Encode = std::function<std::vector<Vector>(const Batch&)>;

    /// A thread for each of these.
    explicit Pool(std::vector<Encode> encoders);
    ~Pool();

    std::future<std::vector<Vector>> submit(Batch batch);

private:
    struct Job {
        Batch batch;
        std::promise<std::vector<Vector>> answer;
    };

    void work(const Encode& encode);

    std::mutex mutex_;
    std::condition_variable more_;
    std::deque<Job> jobs_;
    bool ended_ = false;
    std::vector<std::thread> threads_;
};
