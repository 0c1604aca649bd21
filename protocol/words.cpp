// The plain-words spelling: `start R1023 bay=3`.
#include "protocol/words.hpp"

#include "protocol/table.hpp"

#include <algorithm>

namespace baytime::protocol {
namespace {

bool is_blank(char letter) {
    return letter == ' ' || letter == '\t';
}

/// Cuts one word after the other off the front of a line and remembers the first mistake.
class Cutter {
public:
    explicit Cutter(std::string_view line) : rest_(line) {}

    bool more() {
        while (!rest_.empty() && is_blank(rest_.front())) rest_.remove_prefix(1);
        return !rest_.empty() && problem_.empty();
    }

    Word word() {
        Word out;
        if (rest_.front() != '"') {
            const std::size_t end = std::min(rest_.find_first_of(" \t=\""), rest_.size());
            const std::string_view start = rest_.substr(0, end);
            rest_.remove_prefix(end);
            if (!rest_.starts_with('=')) {
                out.value = start;
                no_quote_here();
                return out;
            }
            rest_.remove_prefix(1);
            out.name = start;
            out.named = true;
        }
        value(out);
        return out;
    }

    const std::string& problem() const { return problem_; }

private:
    void value(Word& out) {
        out.quoted = rest_.starts_with('"');
        if (out.quoted) return quoted(out.value);
        const std::size_t end = std::min(rest_.find_first_of(" \t\""), rest_.size());
        out.value = rest_.substr(0, end);
        rest_.remove_prefix(end);
        no_quote_here();
    }

    void quoted(std::string& out) {
        rest_.remove_prefix(1);
        while (!rest_.empty() && rest_.front() != '"') {
            char letter = rest_.front();
            rest_.remove_prefix(1);
            if (letter == '\\') {
                letter = escaped();
                rest_.remove_prefix(std::min<std::size_t>(1, rest_.size()));
            }
            out += letter;
        }
        if (rest_.empty()) return fail("a double quote is not closed");
        rest_.remove_prefix(1);
        if (!rest_.empty() && !is_blank(rest_.front())) fail("after a closing double quote comes a blank");
    }

    char escaped() {
        const char letter = rest_.empty() ? '\0' : rest_.front();
        if (letter == 'n') return '\n';
        if (letter != '"' && letter != '\\')
            fail("in double quotes only \\\", \\\\ and \\n are written with a backslash");
        return letter;
    }

    void no_quote_here() {
        if (rest_.starts_with('"')) fail("a double quote stands only around a whole value, as in text=\"two words\"");
    }

    void fail(std::string_view problem) {
        if (problem_.empty()) problem_ = problem;
    }

    std::string_view rest_;
    std::string problem_;
};

Fault fault(const Problem& problem) {
    return {.token = problem.token,
            .sentence = problem.sentence,
            .code = code_of(problem.token),
            .id = std::nullopt,
            .json = false};
}

/// An unquoted word that is the name of a yes/no parameter says yes to it.
bool says_yes(const Verb& verb, const Word& word) {
    const Parameter* parameter = word.quoted ? nullptr : parameter_of(verb, word.value);
    return parameter != nullptr && parameter->type == "yes/no";
}

Written written(const Verb& verb, const std::vector<Word>& words) {
    Written out;
    for (std::size_t i = 1; i < words.size(); ++i) {
        const Word& word = words[i];
        Given value{.kind = Given::Kind::text, .text = word.value};
        if (word.named) {
            out.named.emplace_back(word.name, std::move(value));
        } else if (says_yes(verb, word)) {
            value.text = "yes";
            out.named.emplace_back(word.value, std::move(value));
        } else {
            out.bare.push_back(std::move(value));
        }
    }
    return out;
}

}  // namespace

std::variant<std::vector<Word>, std::string> split_words(std::string_view line) {
    std::vector<Word> out;
    Cutter cutter(line);
    while (cutter.more()) out.push_back(cutter.word());
    if (!cutter.problem().empty()) return cutter.problem();
    return out;
}

Reading read_words(std::string_view line, const Clockwork& clock) {
    const auto cut = split_words(line);
    if (const auto* problem = std::get_if<std::string>(&cut)) return fault({"not-a-call", *problem});
    const auto& words = std::get<std::vector<Word>>(cut);
    if (words.empty()) return fault({"not-a-call", "an empty line is no call; \"help\" lists all verbs"});
    const Word& first = words.front();
    const Verb* verb = first.named || first.quoted ? nullptr : find_verb(first.value);
    if (verb == nullptr) return fault(unknown_verb(first.named ? first.name : first.value));
    Call call;
    if (const auto problem = understand(*verb, written(*verb, words), clock, call)) return fault(*problem);
    return call;
}

}  // namespace baytime::protocol
