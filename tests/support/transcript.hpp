// Reads transcripts (tests/transcripts/README.md) from files and from PROTOCOL.md. Knows no socket: who runs them
// sends, receives, and asks matches().
#pragma once

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace baytime::support {

struct Step {
    enum class Kind { send, expect, closed };
    Kind kind = Kind::send;
    std::string connection;  ///< `one` unless `@ name` said otherwise
    std::string text;        ///< the line to send, or the pattern to expect
    int line = 0;            ///< where it stands in its file, for messages
};

struct Transcript {
    std::string name;  ///< `file:line` of its beginning
    std::vector<Step> steps;
};

/// True when `*` in the pattern can stand for runs of characters that make it the line.
inline bool matches(std::string_view pattern, std::string_view line) {
    std::size_t p = 0, l = 0, star = std::string_view::npos, retry = 0;
    while (l < line.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            retry = l;
        } else if (p < pattern.size() && pattern[p] == line[l]) {
            ++p;
            ++l;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            l = ++retry;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

/// Adds one line of a transcript. Throws std::runtime_error for a line that means nothing.
inline void add_line(std::string_view text, int number, std::string& connection, Transcript& into) {
    const auto rest = std::string(text.substr(std::min<std::size_t>(2, text.size())));
    if (text.empty() || text.starts_with('#')) return;
    if (text.starts_with("> ") || text == ">") {
        into.steps.push_back({.kind = Step::Kind::send, .connection = connection, .text = rest, .line = number});
    } else if (text.starts_with("< ")) {
        into.steps.push_back({.kind = Step::Kind::expect, .connection = connection, .text = rest, .line = number});
    } else if (text == "! closed") {
        into.steps.push_back({.kind = Step::Kind::closed, .connection = connection, .text = {}, .line = number});
    } else if (text.starts_with("@ ")) {
        connection = rest;
    } else {
        throw std::runtime_error(into.name + ": line " + std::to_string(number) +
                                 " means nothing: " + std::string(text));
    }
}

/// A `*.session` file. Throws std::runtime_error when it cannot be read.
inline Transcript read_transcript(const std::string& path) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error("cannot read " + path);
    Transcript out{.name = path, .steps = {}};
    std::string connection = "one";
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) add_line(line, number, connection, out);
    return out;
}

/// The sessions of a Markdown file; those that continue another are joined to it.
inline std::vector<Transcript> read_sessions(const std::string& path) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error("cannot read " + path);
    std::vector<Transcript> out;
    std::string connection, line;
    bool inside = false;
    for (int number = 1; std::getline(file, line); ++number) {
        const bool begins = line == "```session";
        if (begins || line == "```session continues") {
            inside = true;
            if (begins) {
                out.push_back({.name = path + ":" + std::to_string(number), .steps = {}});
                connection = "one";
            }
            if (out.empty()) throw std::runtime_error(path + ": nothing to continue");
        } else if (inside && line == "```") {
            inside = false;
        } else if (inside) {
            add_line(line, number, connection, out.back());
        }
    }
    return out;
}

}  // namespace baytime::support
