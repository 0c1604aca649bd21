#include "display-drivers/signs/alpha_frames.hpp"

#include <array>

namespace baytime::signs::alpha {

namespace {

constexpr char soh = '\x01', stx = '\x02', etx = '\x03', eot = '\x04';

std::string digits(int value, int width) {
    std::string out = std::to_string(value);
    while (out.size() < static_cast<std::size_t>(width)) out.insert(out.begin(), '0');
    return out;
}

std::string hex2(std::size_t value) {
    return hex4(static_cast<unsigned>(value)).substr(2);
}

Bytes bytes_of(std::string_view text) {
    return Bytes(text.begin(), text.end());
}

/// Cuts a transmission into packets where the sign needs a pause.
class Cutter {
public:
    void add(std::string_view text) { waiting_ += text; }
    void pause(std::chrono::milliseconds time) {
        packets_.push_back(Packet{.target = {}, .bytes = bytes_of(waiting_), .pause_after = time});
        waiting_.clear();
    }
    std::vector<Packet> take() { return std::move(packets_); }

private:
    std::string waiting_;
    std::vector<Packet> packets_;
};

}  // namespace

std::string hex4(unsigned value) {
    constexpr std::string_view digit = "0123456789ABCDEF";
    std::string out;
    for (int shift = 12; shift >= 0; shift -= 4) out += digit[(value >> shift) & 0xFU];
    return out;
}

std::string checksum(std::string_view bytes) {
    unsigned sum = 0;
    for (const char byte : bytes) sum += static_cast<unsigned char>(byte);
    return hex4(sum & 0xFFFFU);
}

Command write_text(char label, char position, char mode, std::string_view text) {
    return {std::string("A") + label + esc + position + mode + std::string(text)};
}

// An empty message with its mode bytes would blank the sign and keep it; the bare label releases it (measured).
Command release_priority() {
    return {"A0"};
}

Command write_string(char label, std::string_view text) {
    return {std::string("G") + label + std::string(text)};
}

Command write_dots(char label, const std::vector<std::string>& rows) {
    const std::size_t width = rows.empty() ? 0 : rows.front().size();
    Command out{std::string("I") + label + hex2(rows.size()) + hex2(width)};
    out.pause_before = out.body.size();
    for (const std::string& row : rows) out.body += row + new_line;
    return out;
}

Command clear_memory() {
    return {"E$"};
}

Command set_memory(const std::vector<File>& files) {
    Command out{"E$"};
    for (const File& file : files) {
        out.body += file.label;
        out.body += file.type;
        out.body += file.lock;
        out.body += file.size + file.times;
    }
    return out;
}

Command run_in_order(std::string_view labels) {
    return {"E.SU" + std::string(labels)};
}

Command set_time(int hour, int minute) {
    return {"E " + digits(hour, 2) + digits(minute, 2)};
}

Command set_date(int year, int month, int day) {
    return {"E;" + digits(month, 2) + digits(day, 2) + digits(year % 100, 2)};
}

Command set_weekday(int weekday) {
    return {"E&" + digits(weekday + 1, 1)};
}

// The register's read code and bits have a single source, an open library.
Command read_errors() {
    return {"F*"};
}

Command clear_errors() {
    return {"E4"};
}

Command read_memory() {
    return {"F$"};
}

std::vector<Packet> transmission(const Setup& setup, const std::vector<Command>& commands, bool with_checksum,
                                 std::chrono::milliseconds pause_after) {
    const bool nested = commands.size() > 1;
    Cutter cutter;
    cutter.add(std::string(sync_nulls, '\0') + soh + setup.type + setup.address);
    for (const Command& command : commands) {
        cutter.add(std::string(1, stx));
        if (nested) cutter.pause(inner_pause);
        cutter.add(std::string_view(command.body).substr(0, command.pause_before));
        if (command.pause_before != 0) cutter.pause(inner_pause);
        cutter.add(std::string_view(command.body).substr(command.pause_before));
        if (nested || with_checksum) cutter.add(std::string(1, etx));
        if (with_checksum) cutter.add(checksum(stx + command.body + etx));
    }
    cutter.add(std::string(1, eot));
    cutter.pause(pause_after);
    auto packets = cutter.take();
    for (Packet& packet : packets) packet.unfinished = &packet != &packets.back();
    return packets;
}

}  // namespace baytime::signs::alpha
