// Commands of the Alpha protocol that write files, and those that ask. Source: alpha_frames.hpp.
#include "display-drivers/signs/alpha_codec.hpp"
#include "display-drivers/signs/alpha_frames.hpp"
#include "display-drivers/signs/alpha_markup.hpp"

#include <algorithm>

namespace baytime::signs::alpha {

namespace json = boost::json;

namespace {

/// A word, and the bytes it stands for.
struct Named {
    std::string_view word, bytes;
};

constexpr Named positions[] = {{"middle", " "}, {"top", "\""}, {"bottom", "&"},
                               {"fill", "0"},   {"left", "1"}, {"right", "2"}};
constexpr Named modes[] = {
    {"rotate", "a"},       {"hold", "b"},         {"flash", "c"},      {"roll_up", "e"},      {"roll_down", "f"},
    {"roll_left", "g"},    {"roll_right", "h"},   {"wipe_up", "i"},    {"wipe_down", "j"},    {"wipe_left", "k"},
    {"wipe_right", "l"},   {"scroll", "m"},       {"automatic", "o"},  {"roll_in", "p"},      {"roll_out", "q"},
    {"wipe_in", "r"},      {"wipe_out", "s"},     {"compressed", "t"}, {"explode", "u"},      {"clock", "v"},
    {"twinkle", "n0"},     {"sparkle", "n1"},     {"snow", "n2"},      {"interlock", "n3"},   {"switch", "n4"},
    {"slide", "n5"},       {"spray", "n6"},       {"starburst", "n7"}, {"welcome", "n8"},     {"slot_machine", "n9"},
    {"news_flash", "nA"},  {"trumpet", "nB"},     {"cycle", "nC"},     {"thank_you", "nS"},   {"no_smoking", "nU"},
    {"drink_drive", "nV"}, {"animal_fish", "nW"}, {"fireworks", "nX"}, {"car_balloon", "nY"}, {"bomb", "nZ"},
};

std::string all_words(std::span<const Named> table) {
    std::string out;
    for (const Named& one : table) out += (out.empty() ? "" : "|") + std::string(one.word);
    return out;
}

/// The bytes of a word, or of the bytes themselves where the document has no word for them.
std::string named(FieldReader& fields, std::string_view field, std::span<const Named> table, std::size_t most) {
    const std::string text = fields.text(field);
    const auto found = std::ranges::find(table, text, &Named::word);
    if (found != table.end()) return std::string(found->bytes);
    const bool raw = !text.empty() && text.size() <= most && text[0] > '\x04' && (text.size() == 1 || text[0] == 'n');
    if (!raw) fields.refuse(field, "takes one of " + all_words(table) + ", or the byte itself");
    return raw ? text : " ";
}

std::string word_of(std::string_view bytes, std::span<const Named> table) {
    const auto found = std::ranges::find(table, bytes, &Named::bytes);
    return found == table.end() ? std::string(bytes) : std::string(found->word);
}

std::string read_text_field(FieldReader& fields, std::size_t most) {
    std::string fault;
    const auto bytes = bytes_of_markup(fields.text("text"), fault);
    if (!bytes) fields.refuse("text", fault);
    if (bytes && bytes->size() > most) {
        fields.refuse("text", "has " + std::to_string(bytes->size()) + " bytes with its codes; the sign takes " +
                                  std::to_string(most));
    }
    return bytes.value_or("");
}

std::string modes_and_text(FieldReader& fields, std::size_t most) {
    const std::string position = named(fields, "position", positions, 1);
    const std::string mode = named(fields, "mode", modes, 2);
    return esc + position + mode + read_text_field(fields, most);
}

std::optional<json::object> read_modes_and_text(std::string_view rest) {
    if (rest.size() < 3 || rest[0] != esc) return std::nullopt;
    const std::size_t mode = rest[2] == 'n' ? 2 : 1;
    if (rest.size() < 2 + mode) return std::nullopt;
    return json::object{{"position", word_of(rest.substr(1, 1), positions)},
                        {"mode", word_of(rest.substr(2, mode), modes)},
                        {"text", markup_of(rest.substr(2 + mode))}};
}

std::optional<json::object> labelled(std::string_view rest, std::optional<json::object> more) {
    if (!more) return std::nullopt;
    json::object out{{"label", rest.substr(0, 1)}};
    for (auto& [key, value] : *more) out[key] = value;
    return out;
}

constexpr std::size_t most_text_bytes = 0xFFFF, most_dot_rows = 31, most_dot_columns = 255;

std::string two_hex(std::size_t value) {
    return hex4(static_cast<unsigned>(value)).substr(2);
}

std::string write_picture(FieldReader& fields) {
    std::string body{read_label(fields)};
    const std::string text = fields.text("rows");
    std::vector<std::string> lines;
    for (std::size_t from = 0; from <= text.size();) {
        const auto end = std::min(text.find('/', from), text.size());
        lines.push_back(text.substr(from, end - from));
        from = end + 1;
    }
    const std::size_t columns = lines.front().size();
    const bool even = std::ranges::all_of(lines, [&](const std::string& line) {
        return line.size() == columns && line.find_first_not_of("012345678") == std::string::npos;
    });
    if (!even || columns == 0 || columns > most_dot_columns || lines.size() > most_dot_rows) {
        fields.refuse("rows",
                      "takes up to 31 rows of up to 255 dots, equally long, with `/` between them; each dot one "
                      "of 0 off, 1 red, 2 green, 3 amber, 4 dim red, 5 dim green, 6 brown, 7 orange, 8 yellow");
    }
    body += two_hex(lines.size()) + two_hex(columns);
    for (const auto& line : lines) body += line + new_line;
    return body;
}

std::optional<json::object> read_picture(std::string_view rest) {
    constexpr std::size_t header = 5;
    if (rest.size() < header + 2) return std::nullopt;
    std::string lines(rest.substr(header, rest.size() - header - 1));
    std::ranges::replace(lines, new_line, '/');
    return json::object{{"label", rest.substr(0, 1)}, {"rows", lines}};
}

std::string write_label(FieldReader& fields) {
    return {read_label(fields)};
}

std::string write_string_label(FieldReader& fields) {
    return {read_string_label(fields)};
}

std::optional<json::object> read_one_label(std::string_view rest) {
    if (rest.size() != 1) return std::nullopt;
    return json::object{{"label", rest}};
}

std::string nothing(FieldReader&) {
    return {};
}

std::optional<json::object> read_nothing(std::string_view rest) {
    if (!rest.empty()) return std::nullopt;
    return json::object{};
}

std::optional<json::object> read_label_and_text(std::string_view rest) {
    if (rest.empty()) return std::nullopt;
    return json::object{{"label", rest.substr(0, 1)}, {"text", markup_of(rest.substr(1))}};
}

Row question(const char* name, const char* summary, std::string_view prefix) {
    return {.form = {.name = name, .summary = summary}, .prefix = prefix, .write = nothing, .read = read_nothing};
}

Row label_question(const char* name, const char* summary, std::string_view prefix) {
    return {.form = {.name = name, .summary = summary, .fields = {{"label", "one character", "", "the file"}}},
            .prefix = prefix,
            .write = write_label,
            .read = read_one_label};
}

std::vector<FieldForm> text_fields(bool label) {
    std::vector<FieldForm> out;
    if (label) out.push_back({"label", "one character 20..7E", "\"A\"", "the file; A is there without set-up"});
    out.push_back({"position", all_words(positions), "\"middle\"", "where on a sign of several lines"});
    out.push_back({"mode", all_words(modes), "\"hold\"", "how the text comes and goes"});
    out.push_back({"text", "text with codes", "", markup_help()});
    return out;
}

}  // namespace

char read_label(FieldReader& fields, std::string_view field) {
    const std::string label = fields.text(field);
    if (label.size() == 1 && label[0] >= ' ' && label[0] <= '~') return label[0];
    if (!fields.fault()) fields.refuse(field, "takes one character of ASCII, such as A");
    return 'A';
}

char read_string_label(FieldReader& fields, std::string_view field) {
    const char label = read_label(fields, field);
    if (label == '0' || label == '?') {
        fields.refuse(field, "cannot be 0 or ? for a STRING: the protocol keeps these two for itself");
    }
    return label;
}

std::vector<Row> file_rows() {
    return {
        {.form = {.name = "release_priority", .summary = "ends the priority text"},
         .prefix = "A0",
         .write = nothing,
         .read = read_nothing},
        {.form = {.name = "priority_text",
                  .summary = "shows a text instead of everything else, until it is released",
                  .fields = text_fields(false)},
         .prefix = "A0",
         .write = [](FieldReader& fields) { return modes_and_text(fields, max_priority_bytes); },
         .read = read_modes_and_text},
        {.form = {.name = "write_text",
                  .summary = "writes a TEXT file; the sign goes dark for a moment",
                  .fields = text_fields(true)},
         .prefix = "A",
         .write = [](FieldReader& fields) { return read_label(fields) + modes_and_text(fields, most_text_bytes); },
         .read =
             [](std::string_view rest) {
                 return rest.empty() ? std::nullopt : labelled(rest, read_modes_and_text(rest.substr(1)));
             }},
        {.form = {.name = "write_string",
                  .summary = "writes a STRING file, which a TEXT shows by its code 10; nothing goes dark",
                  .fields = {{"label", "one character", "", "the file, set up before; not 0 or ?"},
                             {"text", "text with codes", "", "at most 125 bytes, no colours"}}},
         .prefix = "G",
         .write =
             [](FieldReader& fields) { return read_string_label(fields) + read_text_field(fields, max_string_bytes); },
         .read = read_label_and_text},
        {.form = {.name = "write_small_dots",
                  .summary = "writes a picture, which a TEXT shows by its code 14",
                  .fields = {{"label", "one character", "", "the file, set up before"},
                             {"rows", "rows of digits", "",
                              "one digit a dot, `/` between rows: 0 off, 1 red, 2 green, 3 amber, 4 dim red, 5 dim "
                              "green, 6 brown, 7 orange, 8 yellow"}}},
         .prefix = "I",
         .write = write_picture,
         .read = read_picture},
        label_question("read_text", "asks for a TEXT file", "B"),
        {.form = {.name = "read_string",
                  .summary = "asks for a STRING file; the sign goes dark for a moment",
                  .fields = {{"label", "one character", "", "the file; not 0 or ?"}}},
         .prefix = "H",
         .write = write_string_label,
         .read = read_one_label},
        label_question("read_small_dots", "asks for a picture", "J"),
        question("read_errors", "asks for the error register", "F*"),
        question("read_pool", "asks how large the memory is and what is free", "F#"),
        question("read_memory", "asks for the memory table", "F$"),
        question("read_sequence", "asks for the run sequence", "F."),
        question("read_general", "asks for firmware, clock, speaker and memory", "F\""),
    };
}

}  // namespace baytime::signs::alpha
