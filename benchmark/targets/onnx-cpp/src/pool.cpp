#include "pool.hpp"

Pool::Pool(std::vector<Encode> encoders) {
    for (Encode& encoder : encoders) {
        threads_.emplace_back([this, encode = std::move(encoder)] { work(encode); });
    }
}

Pool::~Pool() {
    {
        std::lock_guard lock(mutex_);
        ended_ = true;
    }
    more_.notify_all();
    for (std::thread& thread : threads_) {
        thread.join();
    }
}

std::future<std::vector<Vector>> Pool::submit(Batch batch) {
    std::future<std::vector<Vector>> answer;
    {
        std::lock_guard lock(mutex_);
        jobs_.push_back(Job{std::move(batch), {}});
        answer = jobs_.back().answer.get_future();
    }
    more_.notify_one();
    return answer;
}

void Pool::work(const Encode& encode) {
    while (true) {
        std::unique_lock lock(mutex_);
        more_.wait(lock, [this] { return ended_ || !jobs_.empty(); });
        if (jobs_.empty()) {
            return;
        }
        Job job = std::move(jobs_.front());
        jobs_.pop_front();
        lock.unlock();
        try {
            job.answer.set_value(encode(job.batch));
        } catch (...) {
            job.answer.set_exception(std::current_exception());
        }
    }
}
