#include "board/client/refusal.hpp"

#include <algorithm>

namespace baytime::client {

namespace {

constexpr std::size_t longest_token = 40, longest_sentence = 400;

bool is_token(std::string_view word) {
    return !word.empty() && word.size() <= longest_token &&
           std::ranges::all_of(word, [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

}  // namespace

Refusal refusal_of(std::string_view line, const std::string& where) {
    constexpr std::string_view mark = "ERR ";
    if (line.starts_with(mark)) {
        line.remove_prefix(mark.size());
        const auto token = line.substr(0, line.find(' '));
        std::string sentence(line.substr(std::min(line.size(), token.size() + 1), longest_sentence));
        std::ranges::replace_if(
            sentence, [](char c) { return c < ' ' || c > '~'; }, '?');
        if (is_token(token)) return {std::string(token), where + " refuses: " + sentence};
    }
    return {"not-baytime", where + " does not answer as a Baytime server; is this the right port?"};
}

}  // namespace baytime::client
