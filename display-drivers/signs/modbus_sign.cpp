#include "display-drivers/signs/modbus_sign.hpp"

#include "display-drivers/signs/gbk.hpp"

#include <algorithm>
#include <charconv>

namespace baytime::signs {

using namespace modbus;

namespace {

constexpr std::uint8_t illegal_function = 1, illegal_address = 2, illegal_value = 3, device_busy = 6;
constexpr std::size_t usual_length = 8, many_head = 7, byte_count_at = 6;
constexpr int bits_per_byte = 10;

std::string decimal(std::int64_t value, int places) {
    std::string digits = std::to_string(value < 0 ? -value : value);
    while (static_cast<int>(digits.size()) <= places) digits.insert(digits.begin(), '0');
    if (places > 0) digits.insert(digits.size() - static_cast<std::size_t>(places), 1, '.');
    return (value < 0 ? "-" : "") + digits;
}

}  // namespace

ModbusSign::ModbusSign(const Setup& setup) : baud_(setup.baud), profile_(profile_of(setup)) {
    std::from_chars(setup.address.data(), setup.address.data() + setup.address.size(), unit_);
    if (unit_ == broadcast) unit_ = first_unit;  // a sign always has a unit of its own
    for (const RegisterLine& line : profile_->lines) {
        for (int i = 0; i < line.count; ++i) add(static_cast<std::uint16_t>(line.at + i), profile_->function);
        if (line.colour) add(*line.colour, write_one_function);
        if (line.flash) add(*line.flash, write_one_function);
    }
    for (const auto* one : {&profile_->decimal_point, &profile_->brightness, &profile_->colour, &profile_->flash}) {
        if (*one) add((*one)->at, (*one)->function);
    }
    power_cycle();
    glass_.pages = 0;
}

void ModbusSign::power_cycle() {
    for (auto& [at, cell] : cells_) cell.value = 0;
    // Not documented: a sign that came back dark would be useless, so it is taken to come back bright.
    if (profile_->brightness) cells_[profile_->brightness->at].value = static_cast<std::uint16_t>(profile_->brightest);
    frame_.clear();
    skipping_ = false;
    look();
}

std::optional<std::uint16_t> ModbusSign::value(std::uint16_t at) const {
    const auto found = cells_.find(at);
    if (found == cells_.end()) return std::nullopt;
    return found->second.value;
}

Bytes ModbusSign::receive(std::span<const std::uint8_t> bytes, Moment at) {
    if (at - silent_from_ > frame_gap(baud_)) {
        if (!frame_.empty()) complain("gap");
        frame_.clear();
        skipping_ = false;
    }
    const auto line_time =
        std::chrono::microseconds(bytes.size() * bits_per_byte * 1'000'000 / static_cast<unsigned>(baud_));
    silent_from_ = std::max(silent_from_, at) + line_time;
    Bytes reply;
    for (const std::uint8_t byte : bytes) take(byte, reply);
    return reply;
}

void ModbusSign::take(std::uint8_t byte, Bytes& reply) {
    if (skipping_) return;
    frame_.push_back(byte);
    if (whole()) {
        const Bytes frame = std::move(frame_);
        frame_.clear();
        skipping_ = !crc_fits(frame);
        if (skipping_) return complain("checksum");
        reply = obey(frame);
    } else if (frame_.size() >= most_frame_bytes) {
        frame_.clear();
        skipping_ = true;
        complain("too-long");
    }
}

/// Whether the frame has all of its bytes. One of an unknown function ends where its CRC fits.
bool ModbusSign::whole() const {
    if (frame_.size() < 2) return false;
    switch (frame_[1]) {
        case read_holding_function:
        case write_one_function: return frame_.size() == usual_length;
        case write_many_function:
            return frame_.size() >= many_head && frame_.size() == many_head + frame_[byte_count_at] + 2U;
        default: return crc_fits(frame_);
    }
}

Bytes ModbusSign::obey(std::span<const std::uint8_t> frame) {
    const bool everyone = frame[0] == broadcast;
    if (!everyone && frame[0] != unit_) return {};
    if (!everyone && refuses()) return exception_reply(unit_, frame[1], device_busy);
    Bytes reply;
    if (frame[1] == read_holding_function) {
        reply = read(frame);
    } else if (frame[1] == write_one_function || frame[1] == write_many_function) {
        reply = write(frame);
    } else {
        reply = refuse(frame[1], illegal_function);
    }
    return everyone ? Bytes{} : reply;
}

Bytes ModbusSign::refuse(std::uint8_t function, std::uint8_t code) {
    complain(code == illegal_function  ? "unknown-function"
             : code == illegal_address ? "unknown-register"
                                       : "bad-value");
    return exception_reply(unit_, function, code);
}

Bytes ModbusSign::read(std::span<const std::uint8_t> frame) {
    const std::uint16_t at = word(frame, 2), count = word(frame, 4);
    if (!profile_->readable) return refuse(frame[1], illegal_function);
    if (count == 0 || count > most_read) return refuse(frame[1], illegal_value);
    Registers values;
    for (unsigned i = 0; i < count; ++i) {
        const auto cell = cells_.find(static_cast<std::uint16_t>(at + i));
        if (cell == cells_.end()) return refuse(frame[1], illegal_address);
        values.push_back(cell->second.value);
    }
    return read_holding_reply(unit_, values);
}

bool ModbusSign::in_range(std::uint16_t at, std::uint16_t value) const {
    if (!profile_->brightness || at != profile_->brightness->at) return true;
    return value >= profile_->darkest && value <= profile_->brightest;
}

Bytes ModbusSign::write(std::span<const std::uint8_t> frame) {
    const bool many = frame[1] == write_many_function;
    const std::uint16_t at = word(frame, 2);
    const unsigned count = many ? word(frame, 4) : 1U;
    const std::size_t values_at = many ? many_head : 4;
    if (count == 0 || count > most_written || (many && frame[byte_count_at] != 2 * count)) {
        return refuse(frame[1], illegal_value);
    }
    for (unsigned i = 0; i < count; ++i) {
        const auto cell = cells_.find(static_cast<std::uint16_t>(at + i));
        if (cell == cells_.end() || cell->second.function != frame[1]) return refuse(frame[1], illegal_address);
        if (!in_range(cell->first, word(frame, values_at + 2 * i))) return refuse(frame[1], illegal_value);
    }
    for (unsigned i = 0; i < count; ++i) {
        cells_[static_cast<std::uint16_t>(at + i)].value = word(frame, values_at + 2 * i);
    }
    look();
    return many ? write_many_reply(unit_, at, static_cast<std::uint16_t>(count)) : Bytes(frame.begin(), frame.end());
}

std::string ModbusSign::bytes_of(const RegisterLine& line) const {
    std::string out;
    for (int i = 0; i < line.count; ++i) {
        const std::uint16_t both = cells_.at(static_cast<std::uint16_t>(line.at + i)).value;
        const auto high = static_cast<char>(both >> 8), low = static_cast<char>(both & 0xFF);
        out += profile_->high_first ? high : low;
        out += profile_->high_first ? low : high;
    }
    return out;
}

std::int64_t ModbusSign::number_of(const RegisterLine& line) const {
    const auto at = [&](int i) { return cells_.at(static_cast<std::uint16_t>(line.at + i)).value; };
    if (profile_->encoding == RegisterEncoding::sign_magnitude) return at(0) >> 8 != 0 ? -std::int64_t{at(1)} : at(1);
    if (line.count == 1) return static_cast<std::int16_t>(at(0));
    const std::uint32_t high = profile_->high_word_first ? at(0) : at(1),
                        low = profile_->high_word_first ? at(1) : at(0);
    return static_cast<std::int32_t>(high << 16 | low);
}

std::string ModbusSign::text_of(const RegisterLine& line) const {
    if (profile_->encoding == RegisterEncoding::integer) return decimal(number_of(line), 0);
    if (profile_->encoding == RegisterEncoding::sign_magnitude) {
        constexpr int most_places = 5;
        return decimal(number_of(line), std::min(cells_.at(line.at).value & 0xFF, most_places));
    }
    if (profile_->encoding == RegisterEncoding::fixed) return decimal(number_of(line), profile_->places);
    std::string bytes = bytes_of(line);
    const auto blank = [&](char c) { return c == ' ' || c == '\0' || c == static_cast<char>(profile_->padding); };
    while (!bytes.empty() && blank(bytes.back())) bytes.pop_back();
    const auto first = std::ranges::find_if_not(bytes, blank);
    bytes.erase(bytes.begin(), first);
    if (profile_->encoding == RegisterEncoding::gbk) return from_gbk(bytes);
    for (char& c : bytes) c = c >= ' ' && c <= '~' ? c : '?';
    return bytes;
}

Meaning ModbusSign::meaning_of(const RegisterLine& line) const {
    std::optional<std::uint16_t> colour = line.colour;
    if (!colour && profile_->colour) colour = profile_->colour->at;
    if (!colour) return Meaning::normal;
    const auto found = std::ranges::find(profile_->colours, cells_.at(*colour).value);
    if (found == profile_->colours.end()) return Meaning::normal;
    return static_cast<Meaning>(found - profile_->colours.begin());
}

void ModbusSign::look() {
    Page page;
    for (const RegisterLine& line : profile_->lines) {
        std::string text = text_of(line);
        if (!text.empty()) page.lines.push_back({Segment{std::move(text), meaning_of(line)}});
    }
    if (page != glass_.page) ++glass_.pages;
    glass_.page = std::move(page);
    if (!profile_->brightness) return;
    const int steps = profile_->brightest - profile_->darkest;
    const int step = cells_.at(profile_->brightness->at).value - profile_->darkest;
    glass_.brightness = step * 100 / steps;
}

}  // namespace baytime::signs
