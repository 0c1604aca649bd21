#include "display-drivers/signs/cpower_commands.hpp"

#include "display-drivers/signs/codec_text.hpp"

#include <algorithm>

namespace baytime::signs::cpower {

namespace json = boost::json;

namespace {

using Span = std::span<const std::uint8_t>;

std::uint64_t number(Span bytes) {
    std::uint64_t out = 0;
    for (const std::uint8_t byte : bytes) out = out << 8 | byte;
    return out;
}

void put(Bytes& out, std::uint64_t value, std::size_t bytes) {
    for (std::size_t i = bytes; i > 0; --i) out.push_back(static_cast<std::uint8_t>(value >> (8 * (i - 1))));
}

constexpr Scalar window_scalar{"window", 1, "0", "as defined", 0, 7};
constexpr Scalar stay_scalar{"stay", 2, "2", "seconds"};
constexpr Scalar align_scalar{"align", 1, "0", "0 left, 1 centre, 2 right", 0, 2};
constexpr Scalar speed_scalar{"speed", 1, "30", "1 is the fastest", 1, 100};
constexpr Scalar x_scalar{"x", 2, "0", "dots"}, y_scalar{"y", 2, "0", "dots"};
constexpr Scalar font_scalar{"font", 1, "2", "size code: 2 is 16 dots, 3 is 24, 4 is 32", 0, 7};
constexpr Scalar red_scalar{"red", 1, "255", "how bright"}, green_scalar{"green", 1, "255", "how bright"},
    blue_scalar{"blue", 1, "0", "how bright"};

constexpr Scalar of_text[] = {
    window_scalar,
    {"mode", 1, "11", "0 at once, 6 to 9 moves left, right, up, down, 10 scrolls up, 11 left, 12 right", 0, 12},
    align_scalar,
    speed_scalar,
    stay_scalar};
/// [1: open driver]
constexpr Scalar of_image[] = {window_scalar,
                               {"mode", 1, "0", "as of text", 0, 12},
                               speed_scalar,
                               stay_scalar,
                               {"kind", 1, "1", "1 GIF data, 2 and 3 references, 4 simple data", 1, 4},
                               x_scalar,
                               y_scalar};
constexpr Scalar of_static_text[] = {window_scalar,
                                     {"kind", 1, "1", "simple text", 1, 1},
                                     align_scalar,
                                     x_scalar,
                                     y_scalar,
                                     {"width", 2, "", "dots"},
                                     {"height", 2, "", "dots"},
                                     font_scalar,
                                     red_scalar,
                                     green_scalar,
                                     blue_scalar};
constexpr Scalar of_clock[] = {
    window_scalar,
    stay_scalar,
    {"calendar", 1, "0", "0 Gregorian, 1 lunar, 2 Chinese, 3 both", 0, 3},
    {"format", 1, "1", "bits: 1 24 hours, 2 two digits of the year, 4 several lines", 0, 7},
    {"content", 1, "24", "bits: 1 year, 2 month, 4 day, 8 hour, 16 minute, 32 second, 64 weekday, 128 hands"},
    font_scalar,
    red_scalar,
    green_scalar,
    blue_scalar};
constexpr Scalar of_save[] = {{"action", 1, "0", "0 saves, 1 clears", 0, 1}, {"reserved", 2, "0", "always 0", 0, 0}};
/// [1: open Java server]
constexpr Scalar of_template[] = {{"user_code", 4, "1", "the user's code"},
                                  {"program", 1, "1", "which program"},
                                  {"window", 1, "1", "which window"},
                                  {"attribute", 1, "0", "always 0", 0, 0}};
constexpr Scalar of_set_clock[] = {{"origin", 1, "0", "0 from the computer, 1 from the card", 0, 1},
                                   {"second", 1, "0", "second", 0, 59},
                                   {"minute", 1, "", "minute", 0, 59},
                                   {"hour", 1, "", "hour", 0, 23},
                                   {"weekday", 1, "", "0 Sunday to 6 Saturday; with 7 the clock stops", 0, 6},
                                   {"day", 1, "", "day", 1, 31},
                                   {"month", 1, "", "month", 1, 12},
                                   {"year", 1, "", "since 2000", 0, 99},
                                   {"last", 1, "0", "always 0", 0, 0}};

std::vector<Row> all_rows() {
    std::vector<Row> out{
        {"define_windows", "divides the glass into windows", windows_code, Do::define_windows, {}, Tail::windows},
        {"text", "shows a text in a window", windows_code, Do::text, of_text, Tail::runs},
        {"image", "shows a picture in a window", windows_code, Do::image, of_image, Tail::data},
        {"static_text", "shows a text that stands still", windows_code, Do::static_text, of_static_text, Tail::text},
        {"clock", "shows date and time in a window", windows_code, Do::clock, of_clock, Tail::text},
        {"leave", "leaves the windows, back to the stored programs", windows_code, Do::leave},
        {"save", "writes the windows into flash, or clears it: not for daily use", windows_code, Do::save, of_save},
        {"variables", "sets variables that stored programs show", windows_code, Do::variables, {}, Tail::variables},
        {"timers",
         "sets countdowns, in milliseconds; the layout is not confirmed",
         windows_code,
         Do::timers,
         {},
         Tail::data},
        {"template_text", "shows a text in a window of a stored template", windows_code, Do::template_text, of_template,
         Tail::text},
    };
    for (const ProtocolCode& other : protocol_codes()) {
        out.push_back({.name = other.name, .summary = other.summary, .code = other.code, .tail = Tail::data});
    }
    Row& clock = *std::ranges::find(out, "set_clock", &Row::name);
    clock.tail = Tail::none;
    clock.scalars = of_set_clock;
    return out;
}

}  // namespace

FieldForm form_of_scalar(const Scalar& scalar) {
    return {.name = std::string(scalar.name),
            .accepts = std::to_string(scalar.least) + ".." + std::to_string(scalar.most),
            .otherwise = std::string(scalar.otherwise),
            .meaning = std::string(scalar.meaning)};
}

void write_scalars(std::span<const Scalar> scalars, FieldReader& fields, Bytes& out) {
    for (const Scalar& scalar : scalars) {
        put(out, static_cast<std::uint64_t>(fields.number(scalar.name, scalar.least, scalar.most)), scalar.bytes);
    }
}

bool read_scalars(std::span<const Scalar> scalars, Span& data, json::object& out) {
    for (const Scalar& scalar : scalars) {
        if (data.size() < scalar.bytes) return false;
        out[scalar.name] = number(data.first(scalar.bytes));
        data = data.subspan(scalar.bytes);
    }
    return true;
}

const std::vector<Row>& rows() {
    static const auto all = all_rows();
    return all;
}

std::vector<FieldForm> forms_of(const Row& row) {
    std::vector<FieldForm> out;
    for (const Scalar& scalar : row.scalars) out.push_back(form_of_scalar(scalar));
    switch (row.tail) {
        case Tail::none: break;
        case Tail::text:
            for (FieldForm& form : text_forms("what to show")) out.push_back(std::move(form));
            break;
        case Tail::data: out.push_back({"data", "hex bytes", "\"\"", "what follows"}); break;
        case Tail::runs:
            out.push_back({"runs", "list of runs", "[]", "pieces of one colour and size", run_forms});
            out.push_back(
                {"end", "yes|no", "true", "00 00 00 at the end, or the card shows its memory after the text"});
            break;
        case Tail::windows:
            out.push_back({"windows", "list of windows", "", "one to eight of them", window_forms});
            break;
        case Tail::variables:
            out.push_back({"variables", "list of variables", "[]", "numbers and values", variable_forms});
            break;
    }
    return out;
}

Bytes write(const Row& row, FieldReader& fields) {
    Bytes out;
    if (row.what) out.push_back(static_cast<std::uint8_t>(*row.what));
    write_scalars(row.scalars, fields, out);
    if (row.tail == Tail::runs) write_runs(fields, out);
    if (row.tail == Tail::windows) write_windows(fields, out);
    if (row.tail == Tail::variables) write_variables(fields, out);
    if (row.tail == Tail::data) {
        const Bytes data = fields.bytes("data");
        out.insert(out.end(), data.begin(), data.end());
    }
    if (row.tail == Tail::text) {
        const std::string text = read_text_fields(fields);
        out.insert(out.end(), text.begin(), text.end());
        out.push_back(0);
    }
    return out;
}

bool read(const Row& row, Span data, json::object& out) {
    if (row.what) {
        if (data.empty() || data[0] != static_cast<std::uint8_t>(*row.what)) return false;
        data = data.subspan(1);
    }
    if (!read_scalars(row.scalars, data, out)) return false;
    switch (row.tail) {
        case Tail::none: return data.empty();
        case Tail::runs: return read_runs(data, out);
        case Tail::windows: return read_windows(data, out);
        case Tail::variables: return read_variables(data, out);
        case Tail::data: out["data"] = hex_of(data); return true;
        case Tail::text:
            if (data.empty() || data.back() != 0) return false;
            explain_text(out, data.first(data.size() - 1));
            return true;
    }
    return false;
}

}  // namespace baytime::signs::cpower
