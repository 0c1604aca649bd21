// Driver for Onbon font cards (BX-5K, BX-5MK, BX-6K), which draw Chinese text themselves.
// Every line of a page is a dynamic area of its own, in the card's RAM: flash wears out, and one line can change while
// the others stand. Areas vanish after a time-out, so that a dead daemon leaves no old states on the glass.
// Source: onbon_frames.hpp.
#include "display-drivers/signs/onbon_codec.hpp"
#include "display-drivers/signs/onbon_frames.hpp"
#include "display-drivers/signs/onbon_sign.hpp"
#include "display-drivers/signs/onbon_text.hpp"

#include <algorithm>
#include <stdexcept>

namespace baytime::signs {

namespace {

using namespace onbon;

constexpr int column_unit = 8;                               ///< areas begin and end at multiples of this
constexpr std::uint32_t static_text = 1, move_left = 3;      // display mode
constexpr std::uint32_t loop = 0, loop_until_timeout = 2;    // run mode
constexpr std::uint32_t single_line = 1, several_lines = 2;  // lines
constexpr std::uint32_t wrap_at_breaks = 1, wrap_by_itself = 2;
constexpr std::uint32_t middle = 8;     // alignment
constexpr std::uint32_t page_stay = 6;  ///< 3 s, before the next lines of a long page
constexpr unsigned most_brightness = 15;
constexpr std::string_view line_break = "\\n";     // two characters
constexpr std::string_view between_lines = "   ";  ///< that run one behind the other

bool is_address(std::string_view value) {
    return value.size() == 4 && value.find_first_not_of("0123456789ABCDEF") == std::string_view::npos;
}

std::uint32_t alignment(const Setup& setup) {
    const auto align = chosen(setup, "align");
    return align == "left" ? 0 : align == "right" ? 1 : 2;
}

std::uint32_t address_of(const Setup& setup) {
    return static_cast<std::uint32_t>(std::stoul(setup.address, nullptr, 16));
}

Packet aimed(const Setup& setup, Command command, const std::string& target) {
    constexpr std::uint8_t no_reply = 2;
    Header header{.destination = address_of(setup)};
    if (chosen(setup, "programs") == "below") header.display_mode = 1;
    if (chosen(setup, "replies") == "no") command.request = no_reply;
    Packet out = packet(header, command, frame(header, command));
    out.target = target;
    return out;
}

constexpr std::string_view area_name = "area ";

std::string area_target(std::size_t id) {
    return std::string(area_name) + std::to_string(id);
}

Packet deletion(std::size_t id, const Setup& setup) {
    return aimed(setup, dynamic_areas({static_cast<std::uint8_t>(id)}, false, {}), area_target(id));
}

/// An area as wide as the glass.
Packet area_packet(std::size_t id, int top, int height, Area area, const Setup& setup) {
    const auto timeout = chosen_number(setup, "timeout");
    area.y = static_cast<std::uint32_t>(top);
    area.width = static_cast<std::uint32_t>(setup.shape.columns / column_unit);
    area.height = static_cast<std::uint32_t>(height);
    area.area_id = static_cast<std::uint32_t>(id);
    area.run_mode = timeout == 0 ? loop : loop_until_timeout;
    area.timeout = timeout;
    area.speed = chosen_number(setup, "speed");
    area.text = font_codes(setup) + area.text;
    return aimed(setup, dynamic_areas({}, false, {area}), area_target(id));
}

std::size_t lines_on_glass(const Setup& setup) {
    return static_cast<std::size_t>(
        std::max(1U, static_cast<unsigned>(setup.shape.rows) / chosen_number(setup, "font_size")));
}

bool is_wide(const Drawn& line, const Setup& setup) {
    return width_of(line.letters, setup) > setup.shape.columns / column_unit * column_unit;
}

/// One area for all, which the card shows page by page. A line that is too wide would be wrapped, and a plate torn:
/// then all run, one behind the other.
std::vector<Packet> show_in_one(const std::vector<Drawn>& lines, const Setup& setup) {
    Area area{.alignment = alignment(setup) + middle,
              .lines = several_lines,
              .wrap = wrap_by_itself,
              .display_mode = static_text,
              .stay = page_stay};
    if (std::ranges::any_of(lines, [&](const Drawn& line) { return is_wide(line, setup); })) {
        area = {.alignment = middle, .lines = single_line, .wrap = wrap_at_breaks, .display_mode = move_left};
    }
    const auto between = area.lines == single_line ? between_lines : line_break;
    std::size_t on_wire = 0;
    for (const Drawn& line : lines) {
        if (on_wire + line.on_wire + between.size() > most_text_bytes && !area.text.empty()) break;
        if (!area.text.empty()) area.text += between;
        area.text += line.text;
        on_wire += line.on_wire + between.size();
    }
    // Covers what the card has stored.
    if (lines.empty()) area.text = " ";
    std::vector<Packet> out;
    for (std::size_t id = lines_on_glass(setup) - 1; id > 0; --id) out.push_back(deletion(id, setup));
    out.push_back(area_packet(0, 0, setup.shape.rows, area, setup));
    return out;
}

/// An area a line, the last one down to the lower edge: however many lines come or go, areas never overlap, and the
/// glass is covered.
std::vector<Packet> show_by_lines(const std::vector<Drawn>& lines, const Setup& setup) {
    const int height = static_cast<int>(chosen_number(setup, "font_size"));
    std::vector<Packet> out;
    for (std::size_t id = lines_on_glass(setup); id > lines.size(); --id) out.push_back(deletion(id - 1, setup));
    for (std::size_t id = 0; id < lines.size(); ++id) {
        const bool runs = is_wide(lines[id], setup);
        const bool last = id + 1 == lines.size();
        const int top = static_cast<int>(id) * height;
        Area area{.alignment = runs ? 0 : alignment(setup),
                  .lines = single_line,
                  .wrap = wrap_at_breaks,
                  .display_mode = runs ? move_left : static_text,
                  .stay = runs ? 0U : page_stay,
                  .text = lines[id].text};
        if (lines.size() == 1) area.alignment += middle;
        out.push_back(area_packet(id, top, last ? setup.shape.rows - top : height, area, setup));
    }
    return out;
}

std::vector<Packet> show(const Page& page, const Setup& setup) {
    const auto level = static_cast<unsigned>(setup.brightness) * most_brightness / 100;
    std::vector<Packet> out{
        aimed(setup, brightness(static_cast<std::uint8_t>(std::clamp(level, 1U, most_brightness))), "brightness")};
    out.back().lasting = true;  // where the card keeps it is not documented
    const auto lines = lines_of(page, setup);
    const bool one = chosen(setup, "areas") == "one" || lines.empty() || lines.size() > lines_on_glass(setup);
    auto areas = one ? show_in_one(lines, setup) : show_by_lines(lines, setup);
    std::ranges::move(areas, std::back_inserter(out));
    return out;
}

/// Throws std::runtime_error when the letters are higher than the glass.
void prepare(Setup& setup, const std::string&) {
    const auto font = chosen(setup, "font_size");
    if (setup.shape.rows >= std::stoi(font)) return;
    throw std::runtime_error("letters of " + font + " dots are higher than the glass; rows = " + font +
                             " or more, as set on the card");
}

std::vector<Packet> initialise(const Setup& setup) {
    return {aimed(setup, dynamic_areas({}, true, {}), ""), aimed(setup, screen_power(true), "")};
}

/// The layout of the clock command is not confirmed, and no page needs the card's clock.
std::vector<Packet> clock(const SignClock&, const Setup&) {
    return {};
}

/// A card has one question that it answers: whether it is there. Areas it has lost are seen by the silence before.
std::vector<Packet> ask(Question question, const Setup& setup) {
    if (question != Question::memory) return {};
    const Header header{.destination = address_of(setup)};
    return {packet(header, ping(), frame(header, ping()))};
}

/// What the replies among these bytes say. Which address stands first in a reply is not known, so none is looked at.
Answer answer_in(std::span<const std::uint8_t> bytes) {
    constexpr std::uint8_t answers = 0xA0, busy = 3, crc_error = 5;
    Answer out = Answer::partial;
    for (const Found& found : frames_in(bytes)) {
        if (found.unfinished) continue;
        const bool whole = found.fault.empty() && found.check == found.right_check;
        if (whole && found.command.group != answers) continue;  // an echo of our own
        if (!whole) {
            out = Answer::bad;
        } else if (found.command.code == 0) {
            return Answer::good;
        } else {
            const auto error = found.command.request;
            out = error == busy || error == crc_error ? Answer::bad : Answer::refused;
        }
    }
    return out;
}

/// A card that refuses the question is there all the same.
Answer judge(Question, std::span<const std::uint8_t> reply, const Setup&) {
    const Answer answer = answer_in(reply);
    return answer == Answer::refused ? Answer::good : answer;
}

/// A card that was without power, unseen, knows nothing of its other areas, and refuses one behind a gap.
Answer acknowledge(const Packet& packet, std::span<const std::uint8_t> reply, const Setup&) {
    const Answer answer = answer_in(reply);
    return answer == Answer::refused && packet.target.starts_with(area_name) ? Answer::lost : answer;
}

int width(std::string_view text, const Setup& setup) {
    return width_of(drawn(text, setup).size(), setup);
}

std::chrono::seconds text_lasts(const Setup& setup) {
    return std::chrono::seconds(chosen_number(setup, "timeout"));
}

std::unique_ptr<Sign> simulate(const Setup& setup) {
    return std::make_unique<OnbonSign>(setup);
}

constexpr int speeds[] = {57600, 9600};

}  // namespace

extern const Driver onbon_driver;
const Driver onbon_driver{
    .name = "onbon",
    .summary = "Onbon BX-5K, BX-5MK, BX-6K font cards: Chinese text, red, green and yellow, replies to each command",
    .chinese = true,
    .baud = 57600,
    .speeds = speeds,
    .address = {.name = "address",
                .otherwise = "0001",
                .accepts = "four hex digits: the card's screen number, FFFE any card, FFFF any card without replies",
                .meaning = "the card's screen number",
                .fits = is_address},
    .options = onbon::options(),
    .prepare = prepare,
    .initialise = initialise,
    .show = show,
    .clock = clock,
    .ask = ask,
    .judge = judge,
    .acknowledge = acknowledge,
    .text_lasts = text_lasts,
    .rewrite = std::chrono::seconds(30),
    .width = width,
    .simulate = simulate,
    .codec = &onbon::codec,
};

}  // namespace baytime::signs
