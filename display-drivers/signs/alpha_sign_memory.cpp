// The memory of the simulated sign: files, special functions, answers, and what the glass makes of them.
#include "display-drivers/signs/alpha_sign.hpp"

#include <algorithm>
#include <cctype>

namespace baytime::signs {

using namespace std::chrono_literals;

namespace {

constexpr unsigned bit_command = 1U << 5, bit_overflow = 1U << 3, no_error = 0x40;
constexpr std::size_t pool_bytes = 30'000;  ///< a BetaBrite's, about
constexpr std::size_t entry_bytes = 11;     ///< of the memory table
constexpr std::size_t file_overhead = 13;   ///< measured; the document says 11
constexpr std::size_t most_priority_bytes = 125;
constexpr std::size_t most_string_bytes = 125;
constexpr auto deaf_after_clear = 1000ms, deaf_after_tone = 3000ms, deaf_after_reset = 5000ms;
constexpr char factory_size[] = "0400";

bool hex_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'); });
}

unsigned number(std::string_view hex) {
    return hex_digits(hex) ? static_cast<unsigned>(std::stoul(std::string(hex), nullptr, 16)) : 0;
}

std::string hex(unsigned value) {
    std::string out;
    for (int shift = 12; shift >= 0; shift -= 4) out += "0123456789ABCDEF"[(value >> shift) & 0xFU];
    return out;
}

/// Position byte, mode byte and for mode `n` one more; nothing when the mode bytes are missing.
std::optional<std::size_t> mode_bytes(std::string_view data) {
    if (data.size() < 3 || data[0] != '\x1b') return std::nullopt;
    const std::size_t count = data[2] == 'n' ? 4 : 3;
    return data.size() >= count ? std::optional(count) : std::nullopt;
}

bool valid_entry(std::string_view entry, bool last) {
    const char label = entry[0], type = entry[1], lock = entry[2];
    const auto size = entry.substr(3, 4);
    if (label < '\x20' || label > '\x7e' || label == '0') return false;
    if ((lock != 'U' && lock != 'L') || !hex_digits(size) || !hex_digits(entry.substr(7))) return false;
    if (type == 'A') return size != "0000" || last;
    if (type == 'B') return label != '?' && lock == 'L' && number(size) >= 1 && number(size) <= most_string_bytes;
    return type == 'D';
}

}  // namespace

AlphaSign::AlphaSign(Setup setup) : setup_(std::move(setup)) {
    power_cycle();
}

void AlphaSign::power_cycle() {
    files_ = {Stored{.label = 'A', .type = 'A', .lock = 'U', .size = factory_size, .times = "FFFF"}};
    ready_ = true;
    cleared_ = false;
    priority_.reset();
    sequence_ = "A";
    clock_.clear();
    register_ = no_error;
    wire_ = Wire::idle;
    nulls_ = 0;
    look();
}

std::size_t AlphaSign::Stored::room() const {
    if (type == 'A' && size == "0000") return pool_bytes;
    return number(size);
}

AlphaSign::Stored* AlphaSign::find(char label, char type) {
    const auto found =
        std::ranges::find_if(files_, [&](const Stored& file) { return file.label == label && file.type == type; });
    return found == files_.end() ? nullptr : &*found;
}

const AlphaSign::Stored* AlphaSign::find(char label, char type) const {
    return const_cast<AlphaSign*>(this)->find(label, type);
}

std::optional<std::string> AlphaSign::string(char label) const {
    const auto* file = find(label, 'B');
    return file == nullptr ? std::nullopt : std::optional(file->data);
}

void AlphaSign::write_text(std::string_view body) {
    if (body.empty()) return refuse("unknown-file", bit_command);
    if (body[0] == '0') return write_priority(body.substr(1));
    Stored* file = find(body[0], 'A');
    if (file == nullptr) return refuse("unknown-file", bit_command);
    const auto data = body.substr(1);
    const auto modes = mode_bytes(data);
    if (!modes) return refuse("no-mode", bit_command);
    if (data.size() > file->room()) return refuse("too-long", bit_overflow);
    file->mode = data[2];
    file->data = std::string(data.substr(*modes));
}

void AlphaSign::write_priority(std::string_view data) {
    if (data.empty()) return priority_.reset();
    const auto modes = mode_bytes(data);
    if (!modes) return refuse("no-mode", bit_command);
    if (data.size() - *modes > most_priority_bytes) return refuse("too-long", bit_overflow);
    priority_mode_ = data[2];
    priority_ = std::string(data.substr(*modes));
}

void AlphaSign::write_string(std::string_view body) {
    Stored* file = body.empty() ? nullptr : find(body[0], 'B');
    if (file == nullptr) return refuse("unknown-file", bit_command);
    file->data = std::string(body.substr(1));
    if (file->data.size() <= file->room()) return;
    file->data.clear();  // measured: emptied, not cut
    refuse("too-long", bit_overflow);
}

void AlphaSign::set_memory(std::string_view table) {
    std::vector<Stored> files;
    std::size_t used = 0;
    for (std::size_t at = 0; at < table.size(); at += entry_bytes) {
        const auto entry = table.substr(at, entry_bytes);
        if (entry.size() < entry_bytes || !valid_entry(entry, at + entry_bytes == table.size())) {
            return refuse("bad-memory-table", bit_command);
        }
        files.push_back(Stored{.label = entry[0],
                               .type = entry[1],
                               .lock = entry[2],
                               .size = std::string(entry.substr(3, 4)),
                               .times = std::string(entry.substr(7))});
        if (entry[1] != 'D') used += number(entry.substr(3, 4)) + file_overhead;
    }
    if (used > pool_bytes) return refuse("pool", bit_overflow);
    files_ = std::move(files);
    ready_ = cleared_;
    cleared_ = false;
    if (!ready_) refuse("not-cleared", 0);
}

void AlphaSign::special(std::string_view body, Moment at) {
    const char function = body.empty() ? '\0' : body[0];
    const auto data = body.empty() ? body : body.substr(1);
    switch (function) {
        case '$':
            if (!data.empty()) return set_memory(data);
            files_.clear();
            cleared_ = ready_ = true;
            return deaf_for(deaf_after_clear, at);
        case ' ': clock_ = std::string(data); return;
        case '.':
            if (data.size() < 2) return refuse("unknown-command", bit_command);
            sequence_ = std::string(data.substr(2));
            return;
        case ')':
        case '2': return priority_.reset();
        case '4': register_ = no_error; return;
        case '7':
            if (data.size() != 2) return refuse("unknown-command", bit_command);
            setup_.address = std::string(data);
            return;
        case '(': return deaf_for(deaf_after_tone, at);
        case ',': return deaf_for(deaf_after_reset, at);
        case ';':
        case '&':
        case '\'':
        case '!':
        case 's': return;
        default: return refuse("unknown-command", bit_command);
    }
}

std::string AlphaSign::memory_table() const {
    std::size_t used = 0;
    for (const Stored& file : files_) used += number(file.size) + file_overhead;
    std::string out;
    for (const Stored& file : files_) {
        const bool first = &file == &files_.front();
        const auto spare = first && used < pool_bytes ? static_cast<unsigned>(pool_bytes - used) : 0U;
        out += std::string{file.label, file.type, file.lock} + hex(number(file.size) + spare) + file.times;
    }
    return out;
}

void AlphaSign::answer(std::string_view body) {
    const char function = body.size() > 1 ? body[1] : '\0';
    if (body[0] == 'H') {
        const auto* file = find(function, 'B');
        return reply(std::string("G") + function + (file == nullptr ? "" : file->data));
    }
    if (body[0] == 'B') {
        const auto* file = find(function, 'A');
        return reply(std::string("A") + function + (file == nullptr ? "" : file->data));
    }
    if (function == '*') return reply(std::string("E*") + static_cast<char>(register_));
    if (function == '$') return reply("E$" + memory_table());
    if (function == '.') return reply(sequence_.empty() ? "E.TU" : "E.SU" + sequence_);
    refuse("unknown-command", bit_command);
}

void AlphaSign::reply(const std::string& body) {
    const std::string framed = '\x02' + body + '\x03';
    unsigned sum = 0;
    for (const char byte : framed) sum += static_cast<unsigned char>(byte);
    std::string all(20, '\0');  // built up, because g++ 12 suspects a longer sum of reading out of bounds
    all += '\x01';
    all += "000";
    all += framed;
    all += hex(sum & 0xFFFFU);
    all += '\x04';
    answers_.insert(answers_.end(), all.begin(), all.end());
}

void AlphaSign::look() {
    constexpr int columns_per_character = 6, dim_percent = 40;
    Pen pen;
    if (priority_) {
        draw(*priority_, pen, 0);
        pen.page.priority = true;
    } else if (ready_) {
        for (const char label : sequence_) {
            const auto* file = find(label, 'A');
            if (file == nullptr) continue;
            pen.page.lines.emplace_back();
            draw(file->data, pen, 0);
        }
    }
    Glass next{.page = tidy(pen.page),
               .brightness = pen.dim ? dim_percent : 100,
               .pages = glass_.pages,
               .pictures = std::move(pen.pictures)};
    for (const Line& line : next.page.lines) {
        int width = setup_.chinese ? 0 : -1;  // letters have a blank column between them
        for (const Segment& segment : line) {
            width += setup_.chinese ? dot_width(segment.text)
                                    : static_cast<int>(segment.text.size()) * columns_per_character;
        }
        if (width > setup_.shape.columns) next.moves = true;
    }
    const auto* file = find('A', 'A');
    const char mode = priority_ ? priority_mode_ : file == nullptr ? 'b' : file->mode;
    next.moves = next.moves || mode == 'a';
    if (next != glass_) ++next.pages;
    glass_ = next;
}

}  // namespace baytime::signs
