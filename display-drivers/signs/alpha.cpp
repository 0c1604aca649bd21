// Driver for Alpha and BetaBrite signs ("M-protocol").
// One TEXT file calls one STRING file for each piece of text: rewriting a TEXT blanks the glass, rewriting a STRING
// does not. So a change of words alone rewrites only STRINGs. Colours stand in the TEXT, because a colour set inside
// a STRING leaks into what follows it. Source: alpha_frames.hpp; what was measured on real signs is said there.
#include "display-drivers/signs/alpha_frames.hpp"
#include "display-drivers/signs/alpha_pictures.hpp"
#include "display-drivers/signs/alpha_sign.hpp"
#include "display-drivers/signs/codec.hpp"
#include "display-drivers/signs/latin.hpp"

#include <algorithm>

namespace baytime::signs {

namespace alpha {
extern const Codec codec;
}

namespace {

using namespace alpha;

/// Strings that are set up, one per piece of text; labels `a` onwards. `1`..`5` mean counters on some signs.
constexpr std::size_t max_pieces = 24;
constexpr char first_string = 'a';
constexpr char page_text = 'A';
constexpr char middle = '\x20', fill = '\x30';
constexpr char hold = 'b', rotate = 'a';
constexpr int columns_per_character = 6;
constexpr int rows_per_line = 8;  // 7 and a blank one
/// Below this brightness the dim colours are used. The protocol's dimming commands exist on few models, dim colours
/// on every sign with colours.
constexpr int dim_below_percent = 50;
constexpr unsigned page_text_bytes = 256;

/// What a meaning looks like. The word beside it always says it too.
struct Look {
    Meaning meaning;
    char bright, dim;
};
constexpr Look looks[] = {
    {Meaning::normal, '3', '6'},     // amber, brown
    {Meaning::good, '2', '5'},       // green
    {Meaning::attention, '7', '6'},  // orange, brown
    {Meaning::alarm, '1', '4'},      // red
};

char digit_of(Meaning meaning, const Setup& setup) {
    const auto* look = std::ranges::find(looks, meaning, &Look::meaning);
    return setup.brightness < dim_below_percent ? look->dim : look->bright;
}

std::string colour_of(Meaning meaning, const Setup& setup) {
    return {colour, digit_of(meaning, setup)};
}

std::vector<File> memory_table(const Setup& setup) {
    if (draws_pictures(setup)) return picture_memory();
    std::vector<File> files{File{.size = hex4(page_text_bytes)}};
    for (std::size_t i = 0; i < max_pieces; ++i) {
        files.push_back(File{.label = static_cast<char>(first_string + static_cast<char>(i)),
                             .type = 'B',
                             .lock = 'L',
                             .size = hex4(max_string_bytes),
                             .times = "0000"});
    }
    return files;
}

std::size_t pieces_of(const Page& page) {
    std::size_t count = 0;
    for (const Line& line : page.lines) {
        for (const Segment& segment : line) count += (segment.text.size() + max_string_bytes - 1) / max_string_bytes;
    }
    return count;
}

/// In letters the sign has, and of a size it can hold: colours go first, then whole lines from the end.
Page fitted(const Page& page) {
    Page out = page;
    for (Line& line : out.lines) {
        for (Segment& segment : line) segment.text = latin(segment.text);
    }
    out = tidy(out);
    if (pieces_of(out) > max_pieces) {
        for (Line& line : out.lines) {
            for (Segment& segment : line) segment.meaning = Meaning::normal;
        }
        out = tidy(out);
    }
    while (pieces_of(out) > max_pieces && out.lines.size() > 1) out.lines.pop_back();
    return out;
}

bool fits_the_glass(const Page& page, const Shape& shape) {
    return std::ranges::all_of(page.lines, [&](const Line& line) {
        std::size_t characters = 0;
        for (const Segment& segment : line) characters += segment.text.size();
        return static_cast<int>(characters) * columns_per_character - 1 <= shape.columns;
    });
}

/// Between two lines: the next row of the glass, or a new glassful.
char separator(std::size_t line, const Shape& shape) {
    const auto rows = static_cast<std::size_t>(std::max(1, shape.rows / rows_per_line));
    return line % rows == 0 ? new_page : new_line;
}

char position_on(const Shape& shape) {
    return shape.rows / rows_per_line > 1 ? fill : middle;
}

std::vector<Packet> aimed(std::vector<Packet> packets, const std::string& target) {
    for (Packet& packet : packets) packet.target = target;
    return packets;
}

void append(std::vector<Packet>& all, std::vector<Packet> more) {
    all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// The priority file is short: what does not fit with colours goes without them, and is then cut.
std::vector<Packet> show_priority(const Page& page, const Setup& setup) {
    std::string coloured, plain;
    for (std::size_t i = 0; i < page.lines.size(); ++i) {
        if (i != 0) coloured += separator(i, setup.shape), plain += separator(i, setup.shape);
        for (const Segment& segment : page.lines[i]) {
            coloured += colour_of(segment.meaning, setup) + segment.text;
            plain += segment.text;
        }
    }
    if (coloured.size() > max_priority_bytes) coloured = plain.substr(0, max_priority_bytes);
    const char mode = fits_the_glass(page, setup.shape) ? hold : rotate;
    const auto write = write_text('0', position_on(setup.shape), mode, coloured);
    return aimed(transmission(setup, {write}), "priority");
}

std::vector<Packet> initialise(const Setup& setup) {
    std::vector<Packet> out = transmission(setup, {clear_memory()}, true, clear_pause);
    append(out, transmission(setup, {set_memory(memory_table(setup))}));
    append(out, transmission(setup, {run_in_order(std::string(1, page_text))}));
    append(out, transmission(setup, {clear_errors()}));
    return out;
}

std::vector<Packet> show(const Page& wanted, const Setup& setup) {
    if (draws_pictures(setup)) return show_pictures(tidy(wanted), setup, digit_of);
    const Page page = fitted(wanted);
    if (page.priority) return show_priority(page, setup);
    std::vector<Packet> out;
    std::string text;
    char label = first_string;
    for (std::size_t i = 0; i < page.lines.size(); ++i) {
        if (i != 0) text += separator(i, setup.shape);
        for (const Segment& segment : page.lines[i]) {
            text += colour_of(segment.meaning, setup);
            for (std::size_t at = 0; at < segment.text.size() && label < first_string + static_cast<char>(max_pieces);
                 at += max_string_bytes) {
                const auto write = write_string(label, std::string_view(segment.text).substr(at, max_string_bytes));
                append(out, aimed(transmission(setup, {write}), std::string("string ") + label));
                text += {call_string, label++};
            }
        }
    }
    const char mode = fits_the_glass(page, setup.shape) ? hold : rotate;
    append(out, aimed(transmission(setup, {write_text(page_text, position_on(setup.shape), mode, text)}), "text"));
    append(out, aimed(transmission(setup, {release_priority()}), "priority"));
    return out;
}

/// Signs of the first generation do not advance the date, so this is to be sent daily.
std::vector<Packet> clock(const SignClock& now, const Setup& setup) {
    std::vector<Packet> out = transmission(setup, {set_time(now.hour, now.minute)});
    append(out, transmission(setup, {set_date(now.year, now.month, now.day)}));
    append(out, transmission(setup, {set_weekday(now.weekday)}));
    return out;
}

std::vector<Packet> ask(Question question, const Setup& setup) {
    return transmission(setup, {question == Question::memory ? read_memory() : read_errors()});
}

/// The body of an answer without its write code and function, or nothing while it is incomplete.
std::optional<std::string> answer_body(std::string_view reply, std::string_view code) {
    const auto begin = reply.find(std::string("\x02") + std::string(code));
    const auto end = reply.find('\x04', begin == std::string_view::npos ? 0 : begin);
    if (begin == std::string_view::npos || end == std::string_view::npos) return std::nullopt;
    const auto etx = std::min(end, reply.find('\x03', begin));
    return std::string(reply.substr(begin + 1 + code.size(), etx - begin - 1 - code.size()));
}

/// The first file reads back larger than it was set up, because it gets the spare memory (measured).
bool memory_as_set_up(std::string_view table, const Setup& setup) {
    const std::string wanted = set_memory(memory_table(setup)).body.substr(2);
    constexpr std::size_t size_at = 3, size_end = 7;
    return table.size() == wanted.size() && table.substr(0, size_at) == std::string_view(wanted).substr(0, size_at) &&
           table.substr(size_end) == std::string_view(wanted).substr(size_end);
}

/// Letters are five dots wide with one between; not the last one's.
int width(std::string_view text, const Setup& setup) {
    if (draws_pictures(setup)) return dot_width(text);
    return std::max(0, static_cast<int>(latin(text).size()) * columns_per_character - 1);
}

Answer judge(Question question, std::span<const std::uint8_t> bytes, const Setup& setup) {
    const std::string reply(bytes.begin(), bytes.end());
    const auto body = answer_body(reply, question == Question::memory ? "E$" : "E*");
    if (!body) return Answer::partial;
    if (question == Question::memory) return memory_as_set_up(*body, setup) ? Answer::good : Answer::lost;
    constexpr unsigned char always_one = 0x40;
    return body->size() == 1 && static_cast<unsigned char>(body->front()) == always_one ? Answer::good : Answer::bad;
}

std::unique_ptr<Sign> simulate(const Setup& setup) {
    return std::make_unique<AlphaSign>(setup);
}

}  // namespace

extern const Driver alpha_driver;
const Driver alpha_driver{.name = "alpha",
                          .summary = "Alpha and BetaBrite signs, Latin letters; Chinese as pictures from 16 rows on",
                          .chinese = true,
                          .chinese_on = draws_pictures,
                          .initialise = initialise,
                          .show = show,
                          .clock = clock,
                          .ask = ask,
                          .judge = judge,
                          .width = width,
                          .simulate = simulate,
                          .codec = &codec};

}  // namespace baytime::signs
