#include "batch.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace {
constexpr std::size_t batch_tokens = 512;
}

Batch::Batch(const std::vector<Ids>& rows, const std::vector<std::size_t>& places) : texts(places.size()) {
    for (std::size_t place : places) {
        tokens = std::max(tokens, rows[place].size());
    }
    ids.resize(texts * tokens);
    mask.resize(texts * tokens);
    for (std::size_t i = 0; i < texts; i++) {
        const Ids& row = rows[places[i]];
        std::copy(row.begin(), row.end(), ids.begin() + static_cast<std::ptrdiff_t>(i * tokens));
        std::fill_n(mask.begin() + static_cast<std::ptrdiff_t>(i * tokens), row.size(), 1);
    }
}

std::vector<Vector> Batch::mean_of_tokens(const float* states, std::size_t hidden) const {
    std::vector<Vector> vectors(texts, Vector(hidden));
    for (std::size_t i = 0; i < texts; i++) {
        float* sum = vectors[i].data();
        for (std::size_t j = 0; j < tokens && mask[i * tokens + j] == 1; j++) {
            const float* state = states + (i * tokens + j) * hidden;
            for (std::size_t k = 0; k < hidden; k++) {
                sum[k] += state[k];
            }
        }
        // The mean's factor goes with the length.
        float length = std::sqrt(std::inner_product(vectors[i].begin(), vectors[i].end(), vectors[i].begin(), 0.0f));
        for (float& value : vectors[i]) {
            value /= length;
        }
    }
    return vectors;
}

std::vector<std::vector<std::size_t>> batches_of(const std::vector<Ids>& rows) {
    std::vector<std::size_t> order(rows.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&rows](auto a, auto b) { return rows[a].size() < rows[b].size(); });
    std::vector<std::vector<std::size_t>> batches;
    for (std::size_t place : order) {
        if (batches.empty() || (batches.back().size() + 1) * rows[place].size() > batch_tokens) {
            batches.emplace_back();
        }
        batches.back().push_back(place);
    }
    return batches;
}
