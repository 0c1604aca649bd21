// Lists in C-Power commands: windows, characters, variables.
#include "display-drivers/signs/codec_text.hpp"
#include "display-drivers/signs/cpower_commands.hpp"
#include "display-drivers/signs/gbk.hpp"

#include <algorithm>

namespace baytime::signs::cpower {

namespace json = boost::json;

namespace {

using Span = std::span<const std::uint8_t>;

constexpr std::size_t variable_bytes = 32, most_variables = 100, character_bytes = 3, window_bytes = 8;

constexpr Scalar window_scalars[] = {{"x", 2, "0", "left edge, dots"},
                                     {"y", 2, "0", "upper edge, dots"},
                                     {"width", 2, "", "dots"},
                                     {"height", 2, "", "dots"}};

/// Characters of one colour and size.
json::object run_of(Span triples) {
    const auto colour = static_cast<std::uint8_t>(triples[0] >> 4), size = static_cast<std::uint8_t>(triples[0] & 15);
    std::string gbk;
    Bytes pairs;
    for (std::size_t i = 0; i < triples.size(); i += character_bytes) {
        if (triples[i + 1] != 0) gbk += static_cast<char>(triples[i + 1]);
        gbk += static_cast<char>(triples[i + 2]);
        pairs.insert(pairs.end(), {triples[i + 1], triples[i + 2]});
    }
    json::object out{{"colour", colour}, {"size", size}};
    const auto text = from_gbk(gbk);
    const auto made = characters(colour, size, gbk);
    if (exact_gbk(text) == gbk && std::ranges::equal(made, triples)) {
        out["text"] = text;
    } else {
        out["pairs"] = hex_of(pairs);
    }
    return out;
}
}  // namespace

const std::vector<FieldForm>& window_forms() {
    static const auto all = [] {
        std::vector<FieldForm> out;
        for (const Scalar& scalar : window_scalars) out.push_back(form_of_scalar(scalar));
        return out;
    }();
    return all;
}

const std::vector<FieldForm>& run_forms() {
    static const std::vector<FieldForm> all{
        {"colour", "0..15", "3", "1 red, 2 green, 4 blue, added: 3 yellow, 7 white"},
        {"size", "0..15", "2", "0 8 dots, 1 12, 2 16, 3 24, 4 32, 5 40, 6 48, 7 56"},
        {"text", "text", "\"\"", "letters, or Chinese as GB codes (inferred, not confirmed)"},
        {"pairs", "hex bytes", "\"\"", "high and low byte of each character, when they are no GBK"}};
    return all;
}

const std::vector<FieldForm>& variable_forms() {
    static const auto all = [] {
        std::vector<FieldForm> out{{"number", "1..100", "", "which variable"}};
        for (FieldForm& form : text_forms("its value, up to 32 bytes")) out.push_back(std::move(form));
        return out;
    }();
    return all;
}

void write_windows(FieldReader& fields, Bytes& out) {
    Bytes windows;
    fields.each("windows", window_forms(), [&](FieldReader& one) { write_scalars(window_scalars, one, windows); });
    const std::size_t count = windows.size() / window_bytes;
    if (count < 1 || count > most_windows) fields.refuse("windows", "takes one to eight windows");
    out.push_back(static_cast<std::uint8_t>(count));
    out.insert(out.end(), windows.begin(), windows.end());
}
bool read_windows(Span data, json::object& out) {
    if (data.empty() || data[0] < 1 || data[0] > most_windows || data.size() != 1 + window_bytes * data[0])
        return false;
    data = data.subspan(1);
    json::array windows;
    while (!data.empty()) {
        json::object window;
        if (!read_scalars(window_scalars, data, window)) return false;
        windows.push_back(std::move(window));
    }
    out["windows"] = std::move(windows);
    return true;
}
void write_runs(FieldReader& fields, Bytes& out) {
    fields.each("runs", run_forms(), [&](FieldReader& one) {
        constexpr std::int64_t most_half = 15;
        const auto colour = static_cast<std::uint8_t>(one.number("colour", 0, most_half));
        const auto size = static_cast<std::uint8_t>(one.number("size", 0, most_half));
        Bytes made;
        if (!one.given("pairs")) {
            const std::string text = one.text("text");
            const auto gbk = exact_gbk(text);
            if (!gbk) one.refuse("text", "has what GBK lacks: " + without_gbk(text));
            made = characters(colour, size, gbk.value_or(""));
        } else {
            const Bytes pairs = one.bytes("pairs");
            if (pairs.size() % 2 != 0) one.refuse("pairs", "takes two bytes for each character");
            for (std::size_t i = 0; i + 1 < pairs.size(); i += 2) {
                made.insert(made.end(), {static_cast<std::uint8_t>(colour << 4 | size), pairs[i], pairs[i + 1]});
            }
        }
        out.insert(out.end(), made.begin(), made.end());
    });
    if (fields.yes("end")) out.insert(out.end(), text_end.begin(), text_end.end());
}

bool read_runs(Span data, json::object& out) {
    if (data.size() % character_bytes != 0) return false;
    const bool ends = data.size() >= character_bytes &&
                      std::ranges::all_of(data.last(character_bytes), [](std::uint8_t byte) { return byte == 0; });
    if (ends) data = data.first(data.size() - character_bytes);
    json::array runs;
    while (!data.empty()) {
        std::size_t length = character_bytes;
        while (length < data.size() && data[length] == data[0]) length += character_bytes;
        runs.push_back(run_of(data.first(length)));
        data = data.subspan(length);
    }
    out["runs"] = std::move(runs);
    out["end"] = ends;
    return true;
}
void write_variables(FieldReader& fields, Bytes& out) {
    fields.each("variables", variable_forms(), [&](FieldReader& one) {
        out.push_back(static_cast<std::uint8_t>(one.number("number", 1, most_variables)));
        std::string value = read_text_fields(one);
        if (value.size() > variable_bytes) one.refuse("text", "takes up to 32 bytes");
        value.resize(variable_bytes);
        out.insert(out.end(), value.begin(), value.end());
    });
}
bool read_variables(Span data, json::object& out) {
    if (data.size() % (1 + variable_bytes) != 0) return false;
    json::array variables;
    for (; !data.empty(); data = data.subspan(1 + variable_bytes)) {
        if (data[0] < 1 || data[0] > most_variables) return false;
        auto value = data.subspan(1, variable_bytes);
        while (!value.empty() && value.back() == 0) value = value.first(value.size() - 1);
        json::object one{{"number", data[0]}};
        explain_text(one, value);
        variables.push_back(std::move(one));
    }
    out["variables"] = std::move(variables);
    return true;
}

}  // namespace baytime::signs::cpower
