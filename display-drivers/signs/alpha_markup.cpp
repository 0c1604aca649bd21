#include "display-drivers/signs/alpha_markup.hpp"

#include "display-drivers/signs/fields.hpp"
#include "display-drivers/signs/utf8.hpp"

#include <algorithm>

namespace baytime::signs::alpha {

namespace {

/// A code, the bytes that follow it, and the word for both. With `open` the word has a colon and the bytes behind it.
struct Code {
    std::string_view word;
    std::string_view bytes;
    std::size_t open = 0;  ///< bytes that the colon gives
};

constexpr Code codes[] = {
    {"red",
     "\x1c"
     "1"},
    {"green",
     "\x1c"
     "2"},
    {"amber",
     "\x1c"
     "3"},
    {"dim_red",
     "\x1c"
     "4"},
    {"dim_green",
     "\x1c"
     "5"},
    {"brown",
     "\x1c"
     "6"},
    {"orange",
     "\x1c"
     "7"},
    {"yellow",
     "\x1c"
     "8"},
    {"rainbow_1",
     "\x1c"
     "9"},
    {"rainbow_2",
     "\x1c"
     "A"},
    {"mix",
     "\x1c"
     "B"},
    {"automatic",
     "\x1c"
     "C"},
    {"rgb", "\x1cZ", 6},
    {"shade", "\x1cY", 6},
    {"page", "\x0c"},
    {"line", "\x0d"},
    {"string", "\x10", 1},
    {"picture", "\x14", 1},
    {"time", "\x13"},
    {"date", "\x0b", 1},
    {"no_hold", "\x09"},
    {"wide:0", "\x11"},
    {"wide:1", "\x12"},
    {"speed:1", "\x15"},
    {"speed:2", "\x16"},
    {"speed:3", "\x17"},
    {"speed:4", "\x18"},
    {"speed:5", "\x19"},
    {"font", "\x1a", 1},
    {"attribute", "\x1d", 2},
    {"fixed", "\x1e", 1},
    {"double_height", "\x05", 1},
    {"descenders", "\x06", 1},
    {"flash", "\x07", 1},
    {"extended", "\x08", 1},
};

bool plain(char c) {
    return c >= ' ' && c <= '~';
}

/// The code that stands first in `bytes`, with what follows it.
const Code* code_at(std::string_view bytes) {
    for (const Code& code : codes) {
        if (!bytes.starts_with(code.bytes) || bytes.size() < code.bytes.size() + code.open) continue;
        const auto given = bytes.substr(code.bytes.size(), code.open);
        if (std::ranges::all_of(given, [](char c) { return plain(c) && c != '}'; })) return &code;
    }
    return nullptr;
}

std::optional<std::string> bytes_of_word(std::string_view word) {
    const auto colon = word.find(':');
    if (word.starts_with("hex:")) {
        const auto bytes = bytes_of_hex(word.substr(4));
        if (!bytes) return std::nullopt;
        return std::string(bytes->begin(), bytes->end());
    }
    for (const Code& code : codes) {
        if (code.open == 0 && word == code.word) return std::string(code.bytes);
        if (code.open == 0 || colon == std::string_view::npos || word.substr(0, colon) != code.word) continue;
        const auto given = word.substr(colon + 1);
        if (given.size() == code.open) return std::string(code.bytes) + std::string(given);
    }
    return std::nullopt;
}

}  // namespace

std::string markup_help() {
    std::string out;
    for (const Code& code : codes) {
        constexpr std::string_view given = ":......";
        out += (out.empty() ? "{" : " {") + std::string(code.word);
        if (code.open != 0) out += given.substr(0, code.open + 1);
        out += '}';
    }
    return out + " {hex:1F}";
}

std::optional<std::string> bytes_of_markup(std::string_view text, std::string& fault) {
    std::string out;
    while (!text.empty()) {
        if (text.starts_with("{{")) {
            out += '{';
            text.remove_prefix(2);
        } else if (text[0] == '{') {
            const auto end = text.find('}', 1);
            const auto word = text.substr(1, end == std::string_view::npos ? 0 : end - 1);
            const auto bytes = bytes_of_word(word);
            if (!bytes || end == std::string_view::npos) {
                fault = "has the unknown code {" + std::string(word) + "}; it knows " + markup_help() +
                        ", and {{ for a brace";
                return std::nullopt;
            }
            out += *bytes;
            text.remove_prefix(end + 1);
        } else if (plain(text[0])) {
            out += text[0];
            text.remove_prefix(1);
        } else {
            fault = "holds " + hex_of(Bytes(text.begin(), text.begin() + 1)) + " (" +
                    std::string(first_character(text)) + "), and the sign has ASCII letters only";
            return std::nullopt;
        }
    }
    return out;
}

std::string markup_of(std::string_view bytes) {
    std::string out;
    while (!bytes.empty()) {
        std::size_t used = 1;
        if (bytes[0] == '{') {
            out += "{{";
        } else if (plain(bytes[0])) {
            out += bytes[0];
        } else if (const Code* code = code_at(bytes)) {
            used = code->bytes.size() + code->open;
            out += '{' + std::string(code->word);
            if (code->open != 0) out += ':' + std::string(bytes.substr(code->bytes.size(), code->open));
            out += '}';
        } else {
            out += "{hex:" + hex_of(Bytes(bytes.begin(), bytes.begin() + 1)) + '}';
        }
        bytes.remove_prefix(used);
    }
    return out;
}

}  // namespace baytime::signs::alpha
