// Driver for AM03127 / AM004 signs (Amplus, and many re-brands). A page of the board becomes pages of the sign, which a
// schedule without end shows in turn. Chinese, which the sign's font lacks, goes as pictures on signs of 16 rows or
// more. Every packet is answered with ACK or NACK unless it is for every sign (address 00). Source: am03127_frames.hpp.
#include "display-drivers/signs/am03127_sign.hpp"
#include "display-drivers/signs/am03127_text.hpp"
#include "display-drivers/signs/dots.hpp"

#include <algorithm>

namespace baytime::signs {

extern const Codec am03127_codec;

namespace {

using namespace am;

/// Neither is documented. The first is on the safe side beside an answer; without one the sign must be left to work.
constexpr std::chrono::milliseconds rest_after_answer{50}, rest_without_answer{500};
constexpr std::chrono::milliseconds rest_after_delete{1000};
constexpr std::size_t max_text_bytes = 400;  ///< of one line; not documented, far beyond what a person reads
constexpr int columns_per_character = 6;
constexpr int picture_lines = 2;  ///< lines of the sign that a picture of text takes
constexpr int least_picture_rows = 16;
constexpr char first_page = 'A', priority_page = 'Z', only_schedule = 'A';
constexpr std::string_view from_ever = "0001010000", for_ever = "9912312359";
constexpr std::string_view every_sign = "00";

struct Look {
    Meaning meaning;
    char colour;
};
/// The bright ones of the sign's own colours; the sign dims all of them by one command.
constexpr Look looks[] = {
    {Meaning::normal, 'J'}, {Meaning::good, 'F'}, {Meaning::attention, 'I'}, {Meaning::alarm, 'C'}};

struct Level {
    char letter;
    int least_percent;  ///< nearer to this step than to the next one
};
constexpr Level levels[] = {{'A', 88}, {'B', 63}, {'C', 38}, {'D', 0}};

bool chinese_on(const Setup& setup) {
    return setup.chinese && setup.shape.rows >= least_picture_rows && dot_font_trouble().empty();
}

Packet packet(const std::string& target, std::string_view what, const Setup& setup) {
    const bool answered = setup.address != every_sign;
    return {.target = target,
            .bytes = frame(setup.address, what),
            .pause_after = answered ? rest_after_answer : rest_without_answer,
            .acknowledged = answered};
}

std::string brightness(const Setup& setup) {
    const auto* level =
        std::ranges::find_if(levels, [&](const Level& one) { return setup.brightness >= one.least_percent; });
    return brightness_packet(level == std::end(levels) ? 'D' : level->letter);
}

std::string colour_tag(Meaning meaning) {
    return {'<', 'C', std::ranges::find(looks, meaning, &Look::meaning)->colour, '>'};
}

/// One line of the sign, ready to send.
struct SignLine {
    std::string text{};
    bool moves = false;
};

/// One line of the board: one line of the sign, or two when it is a picture.
struct Row {
    std::vector<SignLine> lines{};
};

bool is_blank(const Line& line) {
    return std::ranges::all_of(line, [](const Segment& segment) {
        return tagged_text(segment.text, max_text_bytes).find_first_not_of(' ') == std::string::npos;
    });
}

/// Numbers the blocks of a page from the first on.
class Writer {
public:
    explicit Writer(const Setup& setup) : setup_(setup), pictures_(chinese_on(setup)) {}

    Row row(const Line& line) {
        const auto chinese = [](const Segment& segment) { return is_chinese(segment.text); };
        if (!pictures_ || !std::ranges::any_of(line, chinese)) return text(line);
        const Picture drawn = picture_of(line, (max_blocks - blocks_) / picture_lines);
        // Latin letters say a plate whole; half a picture would not.
        const bool whole = static_cast<int>(drawn.upper.size()) * block_columns >= drawn.columns;
        return whole ? picture(drawn) : text(line);
    }
    std::vector<Packet> take_blocks() { return std::move(packets_); }

private:
    Row text(const Line& line) const {
        SignLine out;
        int letters = 0;
        for (const Segment& segment : line) {
            const std::string colour = colour_tag(segment.meaning);
            const std::size_t used = out.text.size() + colour.size();
            if (used >= max_text_bytes) break;
            const std::string words = tagged_text(segment.text, max_text_bytes - used);
            if (words.empty()) continue;
            out.text += colour + words;
            letters += letters_of(words);
        }
        out.moves = letters * columns_per_character - 1 > setup_.shape.columns;
        return {{std::move(out)}};
    }

    Row picture(const Picture& drawn) {
        Row out{{SignLine{}, SignLine{}}};
        for (std::size_t i = 0; i < drawn.upper.size(); ++i) {
            out.lines[0].text += block(drawn.upper[i]);
            out.lines[1].text += block(drawn.lower[i]);
        }
        for (SignLine& one : out.lines) one.moves = drawn.columns > setup_.shape.columns;
        return out;
    }

    std::string block(const Block& dots) {
        const std::string tag = block_tag(blocks_);
        packets_.push_back(packet("block " + tag.substr(2, 2), block_packet(blocks_, dots), setup_));
        ++blocks_;
        return tag;
    }

    const Setup& setup_;
    bool pictures_;
    std::size_t blocks_ = 0;
    std::vector<Packet> packets_;
};

int lines_of(const Setup& setup) {
    return std::clamp(setup.shape.rows / block_rows, 1, max_lines);
}

/// The rows on as many pages of the sign as they take, in order.
std::vector<std::vector<SignLine>> packed(const std::vector<Row>& rows, int lines) {
    std::vector<std::vector<SignLine>> pages(1);
    for (const Row& row : rows) {
        if (pages.back().size() + row.lines.size() > static_cast<std::size_t>(lines)) pages.emplace_back();
        pages.back().insert(pages.back().end(), row.lines.begin(), row.lines.end());
    }
    for (auto& page : pages) page.resize(static_cast<std::size_t>(lines));
    return pages;
}

std::vector<Packet> page_packets(char page, const std::vector<SignLine>& lines, bool urgent, const Setup& setup) {
    const bool mixed = std::ranges::any_of(lines, &SignLine::moves) && !std::ranges::all_of(lines, &SignLine::moves);
    std::vector<Packet> out;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        Manner manner{.display = urgent ? 'B' : 'A'};
        if (lines[i].moves) manner = {.lead = 'E', .display = manner.display, .wait = 'A', .lag = 'E'};
        // In lower case on the first line: every line has its own effect.
        if (mixed && i == 0) manner.lead = static_cast<char>(manner.lead - 'A' + 'a');
        const int line = static_cast<int>(i) + 1;
        const std::string target = std::string("page ") + page + " line " + std::to_string(line);
        out.push_back(packet(target, line_packet(line, page, manner, lines[i].text), setup));
    }
    return out;
}

/// First contact. The clock follows, from the link.
std::vector<Packet> initialise(const Setup& setup) {
    Packet all = packet({}, delete_all_packet(), setup);
    all.pause_after = rest_after_delete;
    return {std::move(all), packet({}, default_page_packet(first_page), setup)};
}

std::vector<Packet> show(const Page& page, const Setup& setup) {
    Writer writer(setup);
    std::vector<Row> rows;
    for (const Line& line : page.lines) {
        if (!is_blank(line)) rows.push_back(writer.row(line));
    }
    auto pages = packed(rows, lines_of(setup));
    const std::size_t most = page.priority ? 1 : priority_page - first_page;
    if (pages.size() > most) pages.resize(most);
    std::vector<Packet> out{packet("brightness", brightness(setup), setup)};
    for (Packet& block : writer.take_blocks()) out.push_back(std::move(block));
    std::string order;
    for (const auto& lines : pages) {
        const char letter =
            page.priority ? priority_page : static_cast<char>(first_page + static_cast<char>(order.size()));
        for (Packet& one : page_packets(letter, lines, page.priority, setup)) out.push_back(std::move(one));
        order += letter;
    }
    // Last, so that a page is complete before it is shown. One without words shows a dark page.
    out.push_back(packet("schedule", schedule_packet(only_schedule, from_ever, for_ever, order), setup));
    return out;
}

std::vector<Packet> clock(const SignClock& now, const Setup& setup) {
    return {packet({}, clock_packet(now), setup)};
}

/// The protocol has no question. What the sign already does is said once more: its answer shows that it lives.
std::vector<Packet> ask(Question question, const Setup& setup) {
    if (question == Question::errors || setup.address == every_sign) return {};
    return {packet({}, brightness(setup), setup)};
}

/// There is no end mark: the first byte says which answer it is.
Answer answer_in(std::span<const std::uint8_t> bytes) {
    const std::string_view reply(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    for (std::size_t at = reply.find_first_of("AN"); at != std::string_view::npos;
         at = reply.find_first_of("AN", at + 1)) {
        const std::string_view whole = reply[at] == 'A' ? "ACK" : "NACK";
        const auto rest = reply.substr(at, whole.size());
        if (rest == whole) return reply[at] == 'A' ? Answer::good : Answer::bad;
        if (whole.starts_with(rest)) return Answer::partial;
    }
    constexpr std::size_t too_much = 64;  // noise
    return bytes.size() > too_much ? Answer::bad : Answer::partial;
}

Answer judge(Question question, std::span<const std::uint8_t> reply, const Setup&) {
    return question == Question::errors ? Answer::good : answer_in(reply);
}

Answer acknowledge(const Packet&, std::span<const std::uint8_t> reply, const Setup&) {
    return answer_in(reply);
}

int width(std::string_view text, const Setup& setup) {
    if (chinese_on(setup) && is_chinese(text)) return dot_width(text);
    return std::max(0, letters_of(tagged_text(text, max_text_bytes)) * columns_per_character - 1);
}

std::unique_ptr<Sign> simulate(const Setup& setup) {
    return std::make_unique<AmSign>(setup);
}

}  // namespace

extern const Driver am03127_driver;
const Driver am03127_driver{.name = "am03127",
                            .summary = "AM03127 / AM004 signs (Amplus and others); Chinese as pictures from 16 rows on",
                            .chinese = true,
                            .chinese_on = chinese_on,
                            .address = {.name = "address",
                                        .otherwise = "01",
                                        .accepts = "two hex digits, 01 to FF; 00 is every sign, and none answers",
                                        .meaning = "the sign's id",
                                        .fits = is_two_hex_digits},
                            .initialise = initialise,
                            .show = show,
                            .clock = clock,
                            .ask = ask,
                            .judge = judge,
                            .acknowledge = acknowledge,
                            .rewrite = std::chrono::seconds(30),
                            .width = width,
                            .simulate = simulate,
                            .codec = &am03127_codec};

}  // namespace baytime::signs
