// Special functions of the Alpha protocol: clock, memory, sequence, sound. Source: alpha_frames.hpp.
#include "display-drivers/signs/alpha_codec.hpp"
#include "display-drivers/signs/alpha_frames.hpp"

#include <algorithm>

namespace baytime::signs::alpha {

namespace json = boost::json;
using namespace std::chrono_literals;

namespace {

constexpr auto after_tone = 3000ms, after_reset = 5000ms;

std::string two_digits(std::int64_t value) {
    return {static_cast<char>('0' + value / 10 % 10), static_cast<char>('0' + value % 10)};
}

std::optional<int> digits_at(std::string_view text, std::size_t at) {
    const auto number = at + 2 <= text.size() ? number_of(text.substr(at, 2)) : std::nullopt;
    if (!number || *number < 0) return std::nullopt;
    return static_cast<int>(*number);
}

std::optional<json::object> pairs(std::string_view rest, std::vector<std::string_view> names) {
    if (rest.size() != names.size() * 2) return std::nullopt;
    json::object out;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto number = digits_at(rest, i * 2);
        if (!number) return std::nullopt;
        out[names[i]] = *number;
    }
    return out;
}

constexpr std::string_view weekdays[] = {"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};
constexpr std::string_view days[] = {"daily",  "sunday",   "monday",   "tuesday", "wednesday", "thursday",
                                     "friday", "saturday", "weekdays", "weekend", "always",    "never"};
constexpr std::string_view day_codes = "0123456789AB";
constexpr std::string_view file_types[] = {"text", "string", "dots"};
constexpr std::string_view type_codes = "ABD";

std::string join(std::span<const std::string_view> words) {
    std::string out;
    for (const auto word : words) out += (out.empty() ? "" : "|") + std::string(word);
    return out;
}

std::string hex_digits(FieldReader& fields, std::string_view field, std::size_t count) {
    const std::string text = fields.text(field);
    const bool good = text.size() == count && text.find_first_not_of("0123456789ABCDEF") == std::string::npos;
    if (!good && !fields.fault()) {
        fields.refuse(field, "takes " + std::to_string(count) + " upper-case hex digits, such as " +
                                 std::string("FF00FF00").substr(0, count));
    }
    return good ? text : std::string(count, '0');
}

std::string write_one_file(FieldReader& file) {
    const std::size_t type = file.choice("type", file_types);
    const char label = type == 1 ? read_string_label(file) : read_label(file);
    const bool locked = file.given("locked") ? file.yes("locked") : type == 1;
    constexpr std::int64_t most_string = static_cast<std::int64_t>(max_string_bytes);
    const auto string_size = [&] { return file.given("size") ? file.number("size", 1, most_string) : most_string; };
    const auto size = type == 2   ? file.number("rows", 0, 31) * 256 + file.number("columns", 0, 255)
                      : type == 1 ? string_size()
                                  : file.number("size", 0, 0xFFFF);
    constexpr const char* usual_times[] = {"FFFF", "0000", "4000"};
    const std::string times = file.given("times") ? hex_digits(file, "times", 4) : usual_times[type];
    return std::string{label, type_codes[type], locked ? 'L' : 'U'} + hex4(static_cast<unsigned>(size)) + times;
}

Row pair_row(const char* name, const char* summary, std::string_view prefix, std::vector<FieldForm> forms,
             std::string (*write)(FieldReader&), std::optional<json::object> (*read)(std::string_view)) {
    return {.form = {.name = name, .summary = summary, .fields = std::move(forms)},
            .prefix = prefix,
            .write = write,
            .read = read};
}

std::string write_tone(FieldReader& fields) {
    constexpr std::string_view kinds[] = {"tone", "beeps", "own"};
    const auto kind = fields.choice("kind", kinds);
    std::string out{static_cast<char>('0' + static_cast<char>(kind))};
    if (kind != 2) return out;
    out += hex4(static_cast<unsigned>(fields.number("frequency", 0, 0xFE))).substr(2);
    out += hex4(static_cast<unsigned>(fields.number("duration", 1, 15))).substr(3);
    return out + hex4(static_cast<unsigned>(fields.number("repeat", 0, 15))).substr(3);
}

std::optional<json::object> read_tone(std::string_view rest) {
    if (rest == "0") return json::object{{"kind", "tone"}};
    if (rest == "1") return json::object{{"kind", "beeps"}};
    if (rest.size() != 5 || rest[0] != '2') return std::nullopt;
    const auto number = [&](std::size_t at, std::size_t count) {
        return number_of("0x" + std::string(rest.substr(at, count))).value_or(0);
    };
    return json::object{
        {"kind", "own"}, {"frequency", number(1, 2)}, {"duration", number(3, 1)}, {"repeat", number(4, 1)}};
}

std::vector<Row> clock_rows() {
    return {
        pair_row(
            "set_time", "sets the clock", "E ", {{"hour", "0..23", "", "hours"}, {"minute", "0..59", "", "minutes"}},
            [](FieldReader& f) {
                const auto hour = f.number("hour", 0, 23);
                return two_digits(hour) + two_digits(f.number("minute", 0, 59));
            },
            [](std::string_view rest) {
                return pairs(rest, {"hour", "minute"});
            }),
        pair_row(
            "set_date", "sets the date; first signs do not advance it by themselves", "E;",
            {{"month", "1..12", "", "month"},
             {"day", "1..31", "", "day"},
             {"year", "0..99", "", "year in the century"}},
            [](FieldReader& f) {
                const auto month = f.number("month", 1, 12), day = f.number("day", 1, 31);
                return two_digits(month) + two_digits(day) + two_digits(f.number("year", 0, 99));
            },
            [](std::string_view rest) {
                return pairs(rest, {"month", "day", "year"});
            }),
        pair_row(
            "set_weekday", "sets the day of the week", "E&", {{"weekday", join(weekdays), "", "the day"}},
            [](FieldReader& f) { return std::to_string(f.choice("weekday", weekdays) + 1); },
            [](std::string_view rest) -> std::optional<json::object> {
                if (rest.size() != 1 || rest[0] < '1' || rest[0] > '7') return std::nullopt;
                return json::object{{"weekday", weekdays[static_cast<std::size_t>(rest[0] - '1')]}};
            }),
        pair_row(
            "set_time_format", "12 or 24 hours", "E'", {{"hours", "12|24", "\"24\"", "hours of a day"}},
            [](FieldReader& f) {
                constexpr std::string_view hours[] = {"12", "24"};
                return std::string(f.choice("hours", hours) == 0 ? "S" : "M");
            },
            [](std::string_view rest) -> std::optional<json::object> {
                if (rest != "S" && rest != "M") return std::nullopt;
                return json::object{{"hours", rest == "S" ? "12" : "24"}};
            }),
    };
}

std::vector<Row> sound_rows() {
    std::vector<Row> out{
        pair_row(
            "set_speaker", "switches the speaker on or off", "E!", {{"on", "yes|no", "true", "with sound"}},
            [](FieldReader& f) { return std::string(f.yes("on") ? "00" : "FF"); },
            [](std::string_view rest) -> std::optional<json::object> {
                if (rest != "00" && rest != "FF") return std::nullopt;
                return json::object{{"on", rest == "00"}};
            }),
        pair_row("tone", "sounds; the sign is deaf for 3 s. Tones A and B are said to do harm and are not sent", "E(",
                 {{"kind", "tone|beeps|own", "\"tone\"", "2 s, three beeps, or as the other fields say"},
                  {"frequency", "0..254", "128", "of its own tone"},
                  {"duration", "1..15", "5", "tenths of a second"},
                  {"repeat", "0..15", "0", "times more"}},
                 write_tone, read_tone),
        pair_row(
            "soft_reset", "starts the sign again; it keeps its memory and is deaf for some seconds", "E,", {},
            [](FieldReader&) { return std::string(); },
            [](std::string_view rest) { return rest.empty() ? std::optional(json::object{}) : std::nullopt; }),
    };
    out[1].rest = after_tone;
    out[2].rest = after_reset;
    return out;
}

std::vector<Row> run_rows() {
    return {
        pair_row(
            "run_time_table", "when a TEXT runs; ends a priority text", "E)",
            {{"label", "one character", "", "the TEXT"},
             {"start", "2 hex digits", "\"FF\"",
              "00..8F: ten minutes each from midnight; FD all day, FE never, FF always"},
             {"stop", "2 hex digits", "\"00\"", "as start; no matter where that is FF"}},
            [](FieldReader& f) {
                const std::string label{read_label(f)}, start = hex_digits(f, "start", 2);
                return label + start + hex_digits(f, "stop", 2);
            },
            [](std::string_view rest) -> std::optional<json::object> {
                if (rest.size() != 5) return std::nullopt;
                return json::object{
                    {"label", rest.substr(0, 1)}, {"start", rest.substr(1, 2)}, {"stop", rest.substr(3)}};
            }),
        pair_row(
            "run_day_table", "on which days a TEXT runs; ends a priority text", "E2",
            {{"label", "one character", "", "the TEXT"},
             {"start", join(days), "\"always\"", "first day"},
             {"stop", join(days), "\"daily\"", "last day"}},
            [](FieldReader& f) {
                const char label = read_label(f), start = day_codes[f.choice("start", days)];
                return std::string{label, start, day_codes[f.choice("stop", days)]};
            },
            [](std::string_view rest) -> std::optional<json::object> {
                if (rest.size() != 3) return std::nullopt;
                const auto start = day_codes.find(rest[1]), stop = day_codes.find(rest[2]);
                if (start == std::string_view::npos || stop == std::string_view::npos) return std::nullopt;
                return json::object{{"label", rest.substr(0, 1)}, {"start", days[start]}, {"stop", days[stop]}};
            }),
        pair_row(
            "run_sequence", "which TEXTs run, in which order", "E.",
            {{"kind", "by_times|in_order|delete", "\"in_order\"",
              "by their times, ignoring them, or deleted when over"},
             {"locked", "yes|no", "\"no\"", "against the remote control"},
             {"labels", "text", "\"\"", "labels of TEXTs, at most 128"}},
            [](FieldReader& f) {
                constexpr std::string_view kinds[] = {"by_times", "in_order", "delete"};
                const char kind = "TSD"[f.choice("kind", kinds)], lock = f.yes("locked") ? 'L' : 'U';
                const std::string labels = f.text("labels");
                if (labels.size() > 128) f.refuse("labels", "takes at most 128 labels");
                return std::string{kind, lock} + labels;
            },
            [](std::string_view rest) -> std::optional<json::object> {
                constexpr std::string_view codes = "TSD";
                constexpr std::string_view kinds[] = {"by_times", "in_order", "delete"};
                if (rest.size() < 2 || codes.find(rest[0]) == std::string_view::npos) return std::nullopt;
                return json::object{
                    {"kind", kinds[codes.find(rest[0])]}, {"locked", rest[1] == 'L'}, {"labels", rest.substr(2)}};
            }),
    };
}

std::vector<Row> memory_rows() {
    std::vector<Row> out{
        pair_row(
            "clear_memory", "deletes all files; the sign is deaf for 1 s and more", "E$", {},
            [](FieldReader&) { return std::string(); },
            [](std::string_view rest) { return rest.empty() ? std::optional(json::object{}) : std::nullopt; }),
        pair_row("set_memory", "sets up all files, deleting what was there", "E$",
                 {{"files", "list of files", "", "each with label, type, size or rows and columns", file_forms}},
                 write_files, read_files),
        pair_row(
            "clear_errors", "clears the error register", "E4", {}, [](FieldReader&) { return std::string(); },
            [](std::string_view rest) { return rest.empty() ? std::optional(json::object{}) : std::nullopt; }),
        pair_row(
            "set_address", "gives the sign an address; connect one sign only", "E7",
            {{"to", "2 hex digits", "", "the new address"}}, [](FieldReader& f) { return hex_digits(f, "to", 2); },
            [](std::string_view rest) -> std::optional<json::object> {
                if (rest.size() != 2) return std::nullopt;
                return json::object{{"to", rest}};
            }),
        pair_row(
            "set_acknowledge", "signs of Alpha 2.0 and 3.0: whether they answer every command", "Es",
            {{"on", "yes|no", "true", "ACK or NAK after each command"}},
            [](FieldReader& f) { return std::string(f.yes("on") ? "1" : "0"); },
            [](std::string_view rest) -> std::optional<json::object> {
                if (rest != "1" && rest != "0") return std::nullopt;
                return json::object{{"on", rest == "1"}};
            }),
    };
    out.front().rest = clear_pause;
    return out;
}

}  // namespace

const std::vector<FieldForm>& file_forms() {
    static const std::vector<FieldForm> forms{
        {"label", "one character", "", "the file"},
        {"type", join(file_types), "\"text\"", "what it holds"},
        {"locked", "yes|no", "\"no\"", "against the remote control; strings always are"},
        {"size", "0..65535", "256", "bytes; strings 1 to 125"},
        {"rows", "0..31", "7", "of dots"},
        {"columns", "0..255", "80", "of dots"},
        {"times", "4 hex digits", "\"\"", "text: start and stop; dots: colours 1000, 2000 or 4000"}};
    return forms;
}

std::string write_files(FieldReader& fields) {
    std::string out;
    fields.each("files", file_forms(), [&](FieldReader& file) { out += write_one_file(file); });
    return out;
}

std::optional<json::object> read_files(std::string_view table) {
    constexpr std::size_t entry_bytes = 11;
    if (table.empty() || table.size() % entry_bytes != 0) return std::nullopt;
    json::array files;
    for (std::size_t at = 0; at < table.size(); at += entry_bytes) {
        const auto entry = table.substr(at, entry_bytes);
        const auto type = type_codes.find(entry[1]);
        const auto size = number_of("0x" + std::string(entry.substr(3, 4)));
        if (type == std::string_view::npos || !size) return std::nullopt;
        json::object file{{"label", entry.substr(0, 1)}, {"type", file_types[type]}, {"locked", entry[2] == 'L'}};
        if (type == 2) {
            file["rows"] = *size / 256;
            file["columns"] = *size % 256;
        } else {
            file["size"] = *size;
        }
        file["times"] = entry.substr(7);
        files.push_back(std::move(file));
    }
    return json::object{{"files", std::move(files)}};
}

std::vector<Row> special_rows() {
    std::vector<Row> out;
    for (auto part : {clock_rows(), sound_rows(), run_rows(), memory_rows()}) {
        std::ranges::move(part, std::back_inserter(out));
    }
    return out;
}

}  // namespace baytime::signs::alpha
