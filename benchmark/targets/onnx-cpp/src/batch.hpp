#pragma once

#include <cstdint>
#include <vector>

using Ids = std::vector<std::int64_t>;
using Vector = std::vector<float>;

/// Texts as token ids and mask, both [texts, tokens] in a row; `tokens` is the longest text's.
struct Batch {
    /// Of the rows at these places.
    Batch(const std::vector<Ids>& rows, const std::vector<std::size_t>& places);

    /// A vector of length one a text, the mean of its own tokens. Of states [texts, tokens, hidden].
    std::vector<Vector> mean_of_tokens(const float* states, std::size_t hidden) const;

    std::size_t texts;
    std::size_t tokens = 0;
    std::vector<std::int64_t> ids;
    std::vector<std::int64_t> mask;
};

/// Places of texts of like length, in batches of up to 512 tokens with their padding.
std::vector<std::vector<std::size_t>> batches_of(const std::vector<Ids>& rows);
