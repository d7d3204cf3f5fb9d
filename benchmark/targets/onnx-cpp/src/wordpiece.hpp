#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

/// BERT's tokenizer, as a tokenizer.json with a BertNormalizer, a BertPreTokenizer and a WordPiece model describes it. Of the
/// libraries for C++ none is in Debian. Any number of threads may use one.
class WordPiece {
public:
    WordPiece(const std::filesystem::path& file, std::size_t max_length);

    /// Ids of a text between [CLS] and [SEP], cut to the length given.
    std::vector<std::int64_t> ids(std::string_view text) const;

private:
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };

    void add_piece_of_text(std::string_view text, std::vector<std::int64_t>& ids) const;
    void add_word(std::u32string_view word, std::vector<std::int64_t>& ids) const;
    std::u32string normalised(std::string_view text) const;
    std::int64_t id_of(std::string_view token) const;

    std::unordered_map<std::string, std::int64_t, Hash, std::equal_to<>> vocabulary_;
    /// Tokens that are found as they stand in a text, before all else.
    std::vector<std::pair<std::string, std::int64_t>> added_;
    std::string prefix_;
    std::size_t longest_word_;
    std::size_t max_length_;
    std::int64_t unknown_;
    std::int64_t first_;
    std::int64_t last_;
    bool clean_;
    bool chinese_;
    bool strip_;
    bool lowercase_;
};
