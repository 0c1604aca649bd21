// What an Alpha sign answers: the body of a reply begins with the write code of what was asked.
// Source: alpha_frames.hpp; the error register from one open library.
#include "display-drivers/signs/alpha_codec.hpp"
#include "display-drivers/signs/alpha_markup.hpp"

#include <algorithm>

namespace baytime::signs::alpha {

namespace json = boost::json;

namespace {

struct Bit {
    unsigned bit;
    std::string_view meaning;
};
constexpr Bit register_bits[] = {{5, "illegal command or label"},
                                 {4, "wrong checksum"},
                                 {3, "buffer overflow"},
                                 {2, "time-out"},
                                 {1, "framing"},
                                 {0, "parity"}};

std::string bytes_of(FieldReader& fields, std::string_view field) {
    std::string fault;
    const auto bytes = bytes_of_markup(fields.text(field), fault);
    if (!bytes) fields.refuse(field, fault);
    return bytes.value_or("");
}

template <char Write>
Row file_answer(const char* name, const char* summary) {
    static constexpr char code[] = {Write};
    return {.form = {.name = name,
                     .summary = summary,
                     .fields = {{"label", "one character", "", "the file"},
                                {"data", "text with codes", "\"\"", "what it holds, with its mode bytes"}},
                     .answer = true},
            .prefix = std::string_view(code, 1),
            .write = [](FieldReader& fields) { return read_label(fields) + bytes_of(fields, "data"); },
            .read = [](std::string_view rest) -> std::optional<json::object> {
                if (rest.empty()) return std::nullopt;
                return json::object{{"label", rest.substr(0, 1)}, {"data", markup_of(rest.substr(1))}};
            }};
}

Row data_answer(const char* name, const char* summary, std::string_view prefix) {
    return {.form = {.name = name,
                     .summary = summary,
                     .fields = {{"data", "text", "\"\"", "as the sign sends it"}},
                     .answer = true},
            .prefix = prefix,
            .write = [](FieldReader& fields) { return bytes_of(fields, "data"); },
            .read = [](std::string_view rest) -> std::optional<json::object> {
                return json::object{{"data", markup_of(rest)}};
            }};
}

std::optional<json::object> read_register(std::string_view rest) {
    if (rest.size() != 1) return std::nullopt;
    const auto value = static_cast<unsigned char>(rest[0]);
    return json::object{{"register", value}, {"explained", register_text(value)}};
}

}  // namespace

std::string register_text(unsigned value) {
    std::string out;
    for (const Bit& one : register_bits) {
        if ((value >> one.bit & 1U) != 0) out += (out.empty() ? "" : ", ") + std::string(one.meaning);
    }
    return out.empty() ? "no error" : out;
}

std::vector<Row> answer_rows() {
    return {
        {.form = {.name = "errors",
                  .summary = "the error register",
                  .fields = {{"register", "0..255", "64", "40 hex: no error; bits: 5 command, 4 checksum, 3 overflow"}},
                  .answer = true},
         .prefix = "E*",
         .write = [](FieldReader& f) { return std::string(1, static_cast<char>(f.number("register", 0, 255))); },
         .read = read_register},
        {.form = {.name = "memory",
                  .summary = "the memory table; the first file has the spare memory too",
                  .fields = {{"files", "list of files", "[]", "as in set_memory", file_forms}},
                  .answer = true},
         .prefix = "E$",
         .write = write_files,
         .read = read_files},
        data_answer("sequence", "the run sequence: kind, lock, labels; an empty one is TU", "E."),
        data_answer("pool", "size of the memory and what is free", "E#"),
        data_answer("general", "firmware, clock, speaker, memory", "E\""),
        file_answer<'A'>("text", "a TEXT file"),
        file_answer<'G'>("string", "a STRING file; without data there is none"),
        file_answer<'I'>("small_dots", "a picture"),
    };
}

}  // namespace baytime::signs::alpha
