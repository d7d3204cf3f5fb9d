#include "wordpiece.hpp"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace {

bool is_space(char32_t c) {
    return c == '\t' || c == '\n' || c == '\r' || u_isUWhiteSpace(static_cast<UChar32>(c));
}

/// Code points that nobody has assigned yet are none.
bool is_control(char32_t c) {
    constexpr auto control = U_GC_CC_MASK | U_GC_CF_MASK | U_GC_CO_MASK;
    return c != '\t' && c != '\n' && c != '\r' && (U_GET_GC_MASK(static_cast<UChar32>(c)) & control) != 0;
}

bool is_punctuation(char32_t c) {
    bool ascii = (c >= 33 && c <= 47) || (c >= 58 && c <= 64) || (c >= 91 && c <= 96) || (c >= 123 && c <= 126);
    return ascii || u_ispunct(static_cast<UChar32>(c));
}

bool is_chinese(char32_t c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x2A6DF)
        || (c >= 0x2A700 && c <= 0x2B73F) || (c >= 0x2B740 && c <= 0x2B81F) || (c >= 0x2B920 && c <= 0x2CEAF)
        || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x2F800 && c <= 0x2FA1F);
}

void append_utf8(std::string& to, char32_t c) {
    if (c < 0x80) {
        to += static_cast<char>(c);
    } else if (c < 0x800) {
        to += static_cast<char>(0xC0 | (c >> 6));
        to += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        to += static_cast<char>(0xE0 | (c >> 12));
        to += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        to += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        to += static_cast<char>(0xF0 | (c >> 18));
        to += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
        to += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        to += static_cast<char>(0x80 | (c & 0x3F));
    }
}

void must_be(const nlohmann::json& part, const char* type) {
    if (part.at("type") != type) {
        throw std::runtime_error(std::string("the tokenizer has no ") + type);
    }
}

}  // namespace

WordPiece::WordPiece(const std::filesystem::path& file, std::size_t max_length) : max_length_(max_length) {
    std::ifstream in(file);
    if (!in) {
        throw std::runtime_error("cannot read " + file.string());
    }
    auto json = nlohmann::json::parse(in);
    const auto& model = json.at("model");
    const auto& normalizer = json.at("normalizer");
    must_be(model, "WordPiece");
    must_be(normalizer, "BertNormalizer");
    must_be(json.at("pre_tokenizer"), "BertPreTokenizer");
    for (const auto& [token, id] : model.at("vocab").items()) {
        vocabulary_.emplace(token, id.get<std::int64_t>());
    }
    for (const auto& token : json.at("added_tokens")) {
        added_.emplace_back(token.at("content"), token.at("id"));
    }
    prefix_ = model.at("continuing_subword_prefix");
    longest_word_ = model.at("max_input_chars_per_word");
    unknown_ = id_of(model.at("unk_token").get<std::string>());
    first_ = id_of("[CLS]");
    last_ = id_of("[SEP]");
    clean_ = normalizer.at("clean_text");
    chinese_ = normalizer.at("handle_chinese_chars");
    lowercase_ = normalizer.at("lowercase");
    strip_ = normalizer.at("strip_accents").is_null() ? lowercase_ : normalizer.at("strip_accents").get<bool>();
}

std::int64_t WordPiece::id_of(std::string_view token) const {
    auto found = vocabulary_.find(token);
    if (found == vocabulary_.end()) {
        throw std::runtime_error("the vocabulary lacks " + std::string(token));
    }
    return found->second;
}

std::vector<std::int64_t> WordPiece::ids(std::string_view text) const {
    std::vector<std::int64_t> ids{first_};
    std::size_t done = 0;
    while (done < text.size() && ids.size() < max_length_) {
        std::size_t at = std::string_view::npos;
        const std::pair<std::string, std::int64_t>* found = nullptr;
        for (const auto& added : added_) {
            std::size_t place = text.find(added.first, done);
            if (place < at) {
                at = place;
                found = &added;
            }
        }
        add_piece_of_text(text.substr(done, found ? at - done : at), ids);
        if (!found) {
            break;
        }
        ids.push_back(found->second);
        done = at + found->first.size();
    }
    ids.resize(std::min(ids.size(), max_length_ - 1));
    ids.push_back(last_);
    return ids;
}

std::u32string WordPiece::normalised(std::string_view text) const {
    std::u32string out;
    auto add = [this, &out](char32_t c) {
        if (clean_ && (c == 0 || c == 0xFFFD || is_control(c))) {
            return;
        }
        if (clean_ && is_space(c)) {
            c = ' ';
        }
        bool apart = chinese_ && is_chinese(c);
        if (apart) {
            out += U' ';
        }
        out += c;
        if (apart) {
            out += U' ';
        }
    };
    auto units = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
    for (int32_t i = 0; i < units.length(); i = units.moveIndex32(i, 1)) {
        add(static_cast<char32_t>(units.char32At(i)));
    }
    bool plain = std::all_of(out.begin(), out.end(), [](char32_t c) { return c < 0x80; });
    if (strip_ && !plain) {
        UErrorCode status = U_ZERO_ERROR;
        const auto* nfd = icu::Normalizer2::getNFDInstance(status);
        auto composed = icu::UnicodeString::fromUTF32(
            reinterpret_cast<const UChar32*>(out.data()), static_cast<int32_t>(out.size()));
        auto decomposed = nfd->normalize(composed, status);
        if (U_FAILURE(status)) {
            throw std::runtime_error(u_errorName(status));
        }
        out.clear();
        for (int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
            UChar32 c = decomposed.char32At(i);
            if (u_charType(c) != U_NON_SPACING_MARK) {
                out += static_cast<char32_t>(c);
            }
        }
    }
    if (lowercase_) {
        for (char32_t& c : out) {
            c = static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
        }
    }
    return out;
}

void WordPiece::add_piece_of_text(std::string_view text, std::vector<std::int64_t>& ids) const {
    std::u32string all = normalised(text);
    std::u32string_view rest(all);
    std::size_t from = 0;
    for (std::size_t i = 0; i <= rest.size(); i++) {
        bool apart = i < rest.size() && is_punctuation(rest[i]);
        if (i == rest.size() || apart || is_space(rest[i])) {
            if (i > from) {
                add_word(rest.substr(from, i - from), ids);
            }
            if (apart) {
                add_word(rest.substr(i, 1), ids);
            }
            from = i + 1;
            if (ids.size() >= max_length_) {
                return;
            }
        }
    }
}

void WordPiece::add_word(std::u32string_view word, std::vector<std::int64_t>& ids) const {
    if (word.size() > longest_word_) {
        ids.push_back(unknown_);
        return;
    }
    std::string bytes;
    std::vector<std::size_t> starts;
    for (char32_t c : word) {
        starts.push_back(bytes.size());
        append_utf8(bytes, c);
    }
    starts.push_back(bytes.size());
    std::size_t before = ids.size();
    std::string piece;
    for (std::size_t from = 0; from < word.size();) {
        std::size_t to = word.size();
        for (; to > from; to--) {
            piece.assign(from == 0 ? "" : prefix_);
            piece.append(bytes, starts[from], starts[to] - starts[from]);
            auto found = vocabulary_.find(piece);
            if (found != vocabulary_.end()) {
                ids.push_back(found->second);
                break;
            }
        }
        if (to == from) {
            // A word with a piece that nobody knows is unknown as a whole.
            ids.resize(before);
            ids.push_back(unknown_);
            return;
        }
        from = to;
    }
}
