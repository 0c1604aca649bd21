#include "display-drivers/signs/alpha_pictures.hpp"

#include "display-drivers/signs/utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <set>

namespace baytime::signs::alpha {

namespace {

/// Columns of a picture file: eight letters, or four Chinese characters. A longer word takes several.
constexpr int picture_columns = 64;
/// Most words on one page.
constexpr std::size_t most_pictures = 48;
constexpr unsigned text_bytes = 1024;
constexpr char page_text = 'A', picture_call = '\x14';
constexpr char middle = '\x20', fill = '\x30', hold = 'b', rotate = 'a';
constexpr char colour_code = '\x1c';
constexpr int blank_columns = 8;
constexpr std::size_t longest_step = 4;  ///< bytes of a word or blank in the TEXT, with a line end

/// `B` onwards: `A` is the page, and a sign that shows pictures has no strings.
const std::string& labels() {
    static const std::string all = [] {
        std::string out;
        for (char c = 'B'; out.size() < most_pictures && c <= '}'; ++c) out += c;
        return out;
    }();
    return all;
}
static_assert('}' - 'B' + 1 >= static_cast<int>(most_pictures));

/// A word in one colour, with the file it has on this page.
struct Word {
    std::string text{};
    char colour = '3';
    char label = 0;  ///< 0: a blank
};

bool ascii(std::string_view character) {
    return static_cast<unsigned char>(character[0]) < 0x80;
}

/// Words end at blanks, where letters and Chinese meet, and where a picture file is full.
void split(std::string_view text, char digit, std::vector<Word>& out) {
    Word word{.text = {}, .colour = digit};
    const auto end = [&] {
        if (!word.text.empty()) out.push_back(word);
        word.text.clear();
    };
    bool letters = false;
    while (!text.empty()) {
        const auto character = first_character(text);
        text.remove_prefix(character.size());
        const int width = dot_width(character);
        if (width == 0) continue;
        if (character == " ") {
            end();
            out.push_back(Word{.text = " ", .colour = digit});
            continue;
        }
        if (ascii(character) != letters || dot_width(word.text) + width > picture_columns) end();
        letters = ascii(character);
        word.text += character;
    }
    end();
}

/// FNV-1a: the same word asks for the same file on every page.
std::size_t wish(const Word& word) {
    std::uint32_t hash = 2166136261U;
    for (const char c : word.text + word.colour) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return hash % most_pictures;
}

/// Gives every word a file; false when there are too many.
bool give_labels(std::vector<std::vector<Word>>& lines) {
    std::vector<const Word*> taken(most_pictures);
    for (auto& line : lines) {
        for (Word& word : line) {
            if (word.text == " ") continue;
            std::size_t at = wish(word), tries = 0;
            while (taken[at] != nullptr && (taken[at]->text != word.text || taken[at]->colour != word.colour)) {
                at = (at + 1) % most_pictures;
                if (++tries == most_pictures) return false;
            }
            taken[at] = &word;
            word.label = labels()[at];
        }
    }
    return true;
}

std::vector<std::vector<Word>> words_of(const Page& page, const Setup& setup, char (*digit)(Meaning, const Setup&)) {
    std::vector<std::vector<Word>> out;
    for (const Line& line : page.lines) {
        out.emplace_back();
        for (const Segment& segment : line) split(segment.text, digit(segment.meaning, setup), out.back());
        if (out.back().empty()) out.pop_back();
    }
    return out;
}

/// Colours go first, then lines from the end.
std::vector<std::vector<Word>> fitted_words(const Page& page, const Setup& setup,
                                            char (*digit)(Meaning, const Setup&)) {
    auto lines = words_of(page, setup, digit);
    if (give_labels(lines)) return lines;
    Page plain = page;
    for (Line& line : plain.lines) {
        for (Segment& segment : line) segment.meaning = Meaning::normal;
    }
    lines = words_of(plain, setup, digit);
    while (!give_labels(lines)) lines.pop_back();
    return lines;
}

std::vector<std::string> rows_of(const Word& word) {
    const DotPicture picture = dots_of_text(word.text);
    std::vector<std::string> out;
    for (int y = 0; y < picture.rows; ++y) {
        out.emplace_back();
        for (int x = 0; x < picture.columns; ++x) out.back() += picture.at(x, y) ? word.colour : '0';
    }
    return out;
}

int width_of(const std::vector<Word>& line) {
    int width = 0;
    for (const Word& word : line) width += word.text == " " ? blank_columns : dot_width(word.text);
    return width;
}

void append(std::vector<Packet>& all, std::vector<Packet> more, const std::string& target) {
    for (Packet& packet : more) {
        packet.target = packet.unfinished ? target + " header" : target;
        all.push_back(std::move(packet));
    }
}

}  // namespace

bool draws_pictures(const Setup& setup) {
    return setup.chinese && setup.shape.rows >= picture_sign_rows && dot_font_trouble().empty();
}

std::vector<File> picture_memory() {
    std::vector<File> files{File{.size = hex4(text_bytes)}};
    for (const char label : labels()) {
        files.push_back(File{
            .label = label, .type = 'D', .lock = 'L', .size = hex4(dot_rows * 256 + picture_columns), .times = "4000"});
    }
    return files;
}

std::vector<Packet> show_pictures(const Page& page, const Setup& setup, char (*digit)(Meaning, const Setup&)) {
    const auto lines = fitted_words(page, setup, digit);
    const auto rows = static_cast<std::size_t>(setup.shape.rows / dot_rows);
    std::vector<Packet> out;
    std::string text;
    bool runs = false;
    char colour_now = 0;
    std::set<char> written;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i != 0) text += i % rows == 0 ? new_page : new_line;
        runs = runs || width_of(lines[i]) > setup.shape.columns;
        for (const Word& word : lines[i]) {
            if (page.priority && text.size() + longest_step > max_priority_bytes) break;
            if (word.label == 0) {
                if (word.colour != colour_now) text += {colour_code, colour_now = word.colour};
                text += ' ';
                continue;
            }
            if (written.insert(word.label).second) {
                append(out, transmission(setup, {write_dots(word.label, rows_of(word))}),
                       std::string("picture ") + word.label);
            }
            text += {picture_call, word.label};
        }
    }
    const char position = rows > 1 ? fill : middle, mode = runs ? rotate : hold;
    const char label = page.priority ? '0' : page_text;
    append(out, transmission(setup, {write_text(label, position, mode, text)}), page.priority ? "priority" : "text");
    if (!page.priority) append(out, transmission(setup, {release_priority()}), "priority");
    return out;
}

}  // namespace baytime::signs::alpha
