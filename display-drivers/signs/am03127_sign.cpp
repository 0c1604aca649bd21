// The wire and the memory of the simulated AM03127 sign.
#include "display-drivers/signs/am03127_sign.hpp"

#include <algorithm>

namespace baytime::signs {

using namespace std::chrono_literals;

namespace {

constexpr auto longest_gap = 1000ms;  ///< not documented; a longer one inside a frame drops it
constexpr std::size_t most_frame_bytes = 1100;
constexpr std::size_t head_bytes = 6;                // <IDxx>
constexpr std::size_t sum_bytes = 2, end_bytes = 3;  // two hex digits, <E>
constexpr std::size_t set_id_bytes = 11;             // <ID><xx><E>
constexpr std::size_t graphic_tag = 5, graphic_data = 64, character_tag = 6, character_data = 8;
constexpr std::size_t most_scheduled = 31;
constexpr std::string_view head = "<ID", end_mark = "<E>";

bool is_hex(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789ABCDEF") == std::string_view::npos;
}

bool is_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string xor_of(std::string_view bytes) {
    unsigned sum = 0;
    for (const char byte : bytes) sum ^= static_cast<unsigned char>(byte);
    constexpr std::string_view digits = "0123456789ABCDEF";
    return {digits[sum >> 4], digits[sum & 15U]};
}

/// Whether `text` is `<`, then letters of which each fits its set, then `>`.
bool is_tag(std::string_view text, std::initializer_list<std::string_view> sets) {
    if (text.size() != sets.size() + 2 || text.front() != '<' || text.back() != '>') return false;
    std::size_t at = 1;
    return std::ranges::all_of(sets,
                               [&](std::string_view set) { return set.find(text[at++]) != std::string_view::npos; });
}

constexpr std::string_view page_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", schedule_letters = "ABCDE",
                           line_digits = "12345678", block_letters = "ABCDEFGHIJKLMNOP",
                           leads = "ABCDEFGHIJKLMNPQRSabcdefghijklmnpqrs", lags = "ABCDEFGHIJKabcdefghijk";

}  // namespace

AmSign::AmSign(const Setup& setup) : shape_(setup.shape) {
    // A sign always has an id of its own; 00 is every sign.
    if (setup.address.size() == 2 && setup.address != "00") own_id_ = setup.address;
    power_cycle();
    glass_.pages = 0;
}

void AmSign::power_cycle() {
    // What a sign keeps is not documented, so this one keeps nothing but its id.
    lines_.clear();
    schedules_.clear();
    blocks_.clear();
    clock_ = "00010101000000";
    default_page_ = 'A';
    level_ = 'A';
    id_ = own_id_;
    wire_.clear();
    look();
}

std::optional<std::string> AmSign::block(std::string_view name) const {
    const auto found = blocks_.find(std::string(name));
    if (found == blocks_.end()) return std::nullopt;
    return found->second;
}

Bytes AmSign::receive(std::span<const std::uint8_t> bytes, Moment at) {
    if (!wire_.empty() && at - last_ > longest_gap) {
        complain("gap");
        wire_.clear();
    }
    last_ = at;
    Bytes reply;
    for (const std::uint8_t byte : bytes) take(static_cast<char>(byte), reply);
    return reply;
}

void AmSign::take(char byte, Bytes& reply) {
    wire_ += byte;
    if (wire_.size() <= head.size() && wire_.back() != head[wire_.size() - 1]) {
        // Noise; this byte may begin a frame.
        wire_ = byte == head[0] ? std::string(1, byte) : "";
        return;
    }
    if (wire_.size() > most_frame_bytes) {
        complain("too-long");
        wire_.clear();
        return;
    }
    const std::size_t length = whole();
    if (length == 0) return;
    const std::string answer = obey(wire_);
    reply.insert(reply.end(), answer.begin(), answer.end());
    wire_.clear();
}

std::size_t AmSign::whole() const {
    const std::string_view wire = wire_;
    if (!wire.ends_with(end_mark)) return 0;
    if (wire.starts_with("<ID><")) return wire.size();
    const auto packet = wire.substr(std::min(head_bytes, wire.size()));
    std::size_t least = sum_bytes + end_bytes;
    // Binary data may look like the end.
    if (packet.starts_with("<G") && packet.size() > graphic_tag - 1 && packet[graphic_tag - 1] == '>') {
        least += graphic_tag + graphic_data;
    } else if (packet.starts_with("<F") && packet.size() > character_tag - 1 && packet[character_tag - 1] == '>') {
        least += character_tag + character_data;
    }
    return packet.size() >= least ? wire.size() : 0;
}

std::string AmSign::obey(std::string_view frame) {
    if (frame.starts_with("<ID><")) {
        const std::string id(frame.substr(5, 2));
        if (frame.size() != set_id_bytes || !frame.ends_with("><E>") || !is_hex(id) || id == "00") {
            complain("unknown-packet");
            return {};
        }
        id_ = own_id_ = id;
        return id;
    }
    const auto address = frame.substr(head.size(), 2);
    if (!is_hex(address) || frame[head_bytes - 1] != '>') {
        complain("unknown-packet");
        return {};
    }
    if (address != id_ && address != "00") return {};
    const auto body = frame.substr(head_bytes, frame.size() - head_bytes - end_bytes);
    const auto packet = body.substr(0, body.size() - sum_bytes);
    if (body.substr(packet.size()) != xor_of(packet)) {
        complain("checksum");
        return address == "00" ? "" : "NACK";
    }
    if (address != "00" && refuses()) return "NACK";
    if (!apply(packet)) {
        complain("unknown-packet");
        return {};
    }
    look();
    return address == "00" ? "" : "ACK";
}

bool AmSign::apply(std::string_view packet) {
    if (packet.starts_with("<L")) return store_line(packet);
    if (packet.starts_with("<T")) return store_schedule(packet);
    if (packet.starts_with("<G")) return store_block(packet);
    if (packet.starts_with("<D")) return remove(packet);
    if (packet.starts_with("<SC>")) {
        constexpr std::size_t clock_digits = 14;
        const auto digits = packet.substr(4);
        if (digits.size() != clock_digits || !is_digits(digits)) return false;
        clock_ = digits;
        return true;
    }
    if (is_tag(packet, {"R", "P", page_letters})) {
        default_page_ = packet[3];
        return true;
    }
    if (is_tag(packet, {"B", "ABCD"})) {
        level_ = packet[2];
        return true;
    }
    if (packet == "<BE>" || packet == "<BF>") return true;
    constexpr std::size_t changed_character = character_tag + character_data;
    return packet.starts_with("<F") && packet.size() == changed_character && packet[character_tag - 1] == '>';
}

bool AmSign::store_line(std::string_view packet) {
    constexpr std::size_t tag = 4, heads = 6 * tag;
    if (packet.size() < heads) return false;
    const auto part = [&](std::size_t i) { return packet.substr(i * tag, tag); };
    const bool sound = is_tag(part(0), {"L", line_digits}) && is_tag(part(1), {"P", page_letters}) &&
                       is_tag(part(2), {"F", leads}) && part(3).starts_with("<M") && part(3).back() == '>' &&
                       is_tag(part(4), {"W", page_letters}) && is_tag(part(5), {"F", lags});
    if (!sound) return false;
    const int line = packet[2] - '0';
    if (line > std::max(1, shape_.rows / 8)) return false;
    lines_[{part(1)[2], line}] = Stored{.lead = part(2)[2],
                                        .display = part(3)[2],
                                        .wait = part(4)[2],
                                        .lag = part(5)[2],
                                        .text = std::string(packet.substr(heads))};
    return true;
}

bool AmSign::store_schedule(std::string_view packet) {
    constexpr std::size_t tag = 4, time = 10;
    if (packet.size() < tag + 2 * time || !is_tag(packet.substr(0, tag), {"T", schedule_letters})) return false;
    const auto start = packet.substr(tag, time), end = packet.substr(tag + time, time),
               pages = packet.substr(tag + 2 * time);
    if (!is_digits(start) || !is_digits(end) || pages.size() > most_scheduled) return false;
    if (pages.empty() || pages.find_first_not_of(page_letters) != std::string_view::npos) return false;
    schedules_[packet[2]] = Schedule{std::string(start), std::string(end), std::string(pages)};
    return true;
}

bool AmSign::store_block(std::string_view packet) {
    if (packet.size() != graphic_tag + graphic_data ||
        !is_tag(packet.substr(0, graphic_tag), {"G", block_letters, line_digits})) {
        return false;
    }
    blocks_[std::string(packet.substr(2, 2))] = packet.substr(graphic_tag);
    return true;
}

bool AmSign::remove(std::string_view packet) {
    if (packet == "<DU>") return true;
    if (packet == "<D*>") {
        lines_.clear();
        schedules_.clear();
        blocks_.clear();
        return true;
    }
    if (is_tag(packet, {"D", "T", schedule_letters})) {
        schedules_.erase(packet[3]);
        return true;
    }
    if (!is_tag(packet, {"D", "L", line_digits, "P", page_letters})) return false;
    lines_.erase({packet[5], packet[3] - '0'});
    return true;
}

std::string AmSign::pages_now() const {
    // YYWWMMDDHHmmSS without weekday and second, as schedules have it.
    const std::string now = clock_.substr(0, 2) + clock_.substr(4, 8);
    for (const auto& [letter, schedule] : schedules_) {
        if (schedule.start <= now && now <= schedule.end) return schedule.pages;
    }
    return std::string(1, default_page_);
}

}  // namespace baytime::signs
