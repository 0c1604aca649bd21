#include "display-drivers/signs/modbus_frames.hpp"

#include <algorithm>
#include <array>

namespace baytime::signs::modbus {

namespace {

constexpr std::size_t crc_bytes = 2;

constexpr std::array<std::uint16_t, 256> crc_table = [] {
    constexpr unsigned polynomial = 0xA001;  // 8005 reflected
    std::array<std::uint16_t, 256> table{};
    for (unsigned i = 0; i < table.size(); ++i) {
        unsigned sum = i;
        for (int bit = 0; bit < 8; ++bit) sum = (sum & 1U) != 0 ? (sum >> 1) ^ polynomial : sum >> 1;
        table[i] = static_cast<std::uint16_t>(sum);
    }
    return table;
}();

void put(Bytes& out, std::uint16_t value) {
    out.push_back(static_cast<std::uint8_t>(value >> 8));
    out.push_back(static_cast<std::uint8_t>(value & 0xFF));
}

Bytes begun(int unit, std::uint8_t function) {
    return {static_cast<std::uint8_t>(unit), function};
}

struct ExceptionName {
    std::uint8_t code;
    std::string_view name;
};
constexpr ExceptionName exception_names[] = {
    {1, "illegal function"},    {2, "illegal data address"},      {3, "illegal data value"},
    {4, "device failure"},      {5, "accepted, takes long"},      {6, "busy"},
    {8, "memory parity error"}, {10, "gateway path unavailable"}, {11, "gateway target silent"}};

/// Whether sending again may help.
Answer answer_of(std::uint8_t exception) {
    constexpr std::uint8_t last_of_no_use = 3;  // function, address, value: the same again will not do
    return exception >= 1 && exception <= last_of_no_use ? Answer::refused : Answer::bad;
}

std::size_t reply_length(std::span<const std::uint8_t> request, std::span<const std::uint8_t> bytes) {
    constexpr std::size_t exception_length = 5, usual_length = 8, before_data = 3;
    if (bytes.size() > 1 && (bytes[1] & exception_bit) != 0) return exception_length;
    return request[1] == read_holding_function ? before_data + std::size_t{2} * word(request, 4) + crc_bytes
                                               : usual_length;
}

bool begins_reply(std::span<const std::uint8_t> request, std::span<const std::uint8_t> bytes) {
    if (bytes[0] != request[0]) return false;
    return bytes.size() < 2 || (bytes[1] & ~exception_bit) == request[1];
}

/// A whole reply with the right CRC.
Reply judged(std::span<const std::uint8_t> request, std::span<const std::uint8_t> frame) {
    if ((frame[1] & exception_bit) != 0) return {.answer = answer_of(frame[2]), .exception = frame[2]};
    Reply out{.answer = Answer::good};
    if (frame[1] == read_holding_function) {
        const std::size_t count = word(request, 4);
        if (frame[2] != 2 * count) return {.answer = Answer::bad};
        for (std::size_t i = 0; i < count; ++i) out.values.push_back(word(frame, 3 + 2 * i));
        return out;
    }
    // Address and value, or address and count: as in the request.
    if (!std::ranges::equal(frame.subspan(2, 4), request.subspan(2, 4))) out.answer = Answer::bad;
    return out;
}

}  // namespace

std::uint16_t crc(std::span<const std::uint8_t> bytes) {
    unsigned sum = 0xFFFF;
    for (const std::uint8_t byte : bytes) sum = (sum >> 8) ^ crc_table[(sum ^ byte) & 0xFFU];
    return static_cast<std::uint16_t>(sum);
}

Bytes with_crc(Bytes frame) {
    const std::uint16_t sum = crc(frame);
    frame.push_back(static_cast<std::uint8_t>(sum & 0xFF));
    frame.push_back(static_cast<std::uint8_t>(sum >> 8));
    return frame;
}

Bytes read_holding(int unit, std::uint16_t at, std::uint16_t count) {
    Bytes out = begun(unit, read_holding_function);
    put(out, at);
    put(out, count);
    return with_crc(std::move(out));
}

Bytes write_one(int unit, std::uint16_t at, std::uint16_t value) {
    Bytes out = begun(unit, write_one_function);
    put(out, at);
    put(out, value);
    return with_crc(std::move(out));
}

Bytes write_many(int unit, std::uint16_t at, const Registers& values) {
    Bytes out = begun(unit, write_many_function);
    put(out, at);
    put(out, static_cast<std::uint16_t>(values.size()));
    out.push_back(static_cast<std::uint8_t>(values.size() * 2));
    for (const std::uint16_t value : values) put(out, value);
    return with_crc(std::move(out));
}

Bytes read_holding_reply(int unit, const Registers& values) {
    Bytes out = begun(unit, read_holding_function);
    out.push_back(static_cast<std::uint8_t>(values.size() * 2));
    for (const std::uint16_t value : values) put(out, value);
    return with_crc(std::move(out));
}

Bytes write_many_reply(int unit, std::uint16_t at, std::uint16_t count) {
    Bytes out = begun(unit, write_many_function);
    put(out, at);
    put(out, count);
    return with_crc(std::move(out));
}

Bytes exception_reply(int unit, std::uint8_t function, std::uint8_t code) {
    Bytes out = begun(unit, static_cast<std::uint8_t>(function | exception_bit));
    out.push_back(code);
    return with_crc(std::move(out));
}

std::string exception_name(std::uint8_t code) {
    const auto* found = std::ranges::find(exception_names, code, &ExceptionName::code);
    return found == std::end(exception_names) ? "exception " + std::to_string(code) : std::string(found->name);
}

std::vector<std::size_t> possible_lengths(std::span<const std::uint8_t> bytes) {
    constexpr std::size_t exception_length = 5, usual_length = 8, byte_count_at = 2, many_count_at = 6;
    if (bytes.size() < 2) return {};
    if ((bytes[1] & exception_bit) != 0) return {exception_length};
    std::vector<std::size_t> out;
    const auto add = [&out](std::size_t length) {
        if (length <= most_frame_bytes) out.push_back(length);
    };
    if (bytes[1] == write_one_function) add(usual_length);
    if (bytes[1] == read_holding_function) {
        add(usual_length);
        if (bytes.size() > byte_count_at && bytes[byte_count_at] % 2 == 0) {
            add(byte_count_at + 1 + bytes[byte_count_at] + crc_bytes);
        }
    }
    if (bytes[1] == write_many_function) {
        add(usual_length);
        if (bytes.size() > many_count_at) add(many_count_at + 1 + bytes[many_count_at] + crc_bytes);
    }
    std::ranges::sort(out);
    return out;
}

bool crc_fits(std::span<const std::uint8_t> frame) {
    constexpr std::size_t least = 4;
    if (frame.size() < least) return false;
    const std::uint16_t sum = crc(frame.first(frame.size() - crc_bytes));
    return frame[frame.size() - 2] == (sum & 0xFF) && frame[frame.size() - 1] == sum >> 8;
}

std::uint16_t word(std::span<const std::uint8_t> bytes, std::size_t at) {
    return static_cast<std::uint16_t>(bytes[at] << 8 | bytes[at + 1]);
}

std::chrono::microseconds frame_gap(int baud) {
    constexpr int fast = 19'200;
    constexpr long long bits = 77, two = 2, second = 1'000'000;  // 3.5 characters of 11 bits, twice
    if (baud > fast) return std::chrono::microseconds(1750);
    return std::chrono::microseconds(bits * second / (two * std::max(baud, 1)) + 1);
}

Reply reply_to(std::span<const std::uint8_t> request, std::span<const std::uint8_t> received, bool echo) {
    constexpr std::size_t least_request = 8;
    if (request.size() < least_request) return {};  // nothing was asked
    // A converter that hears itself gives back what was sent. Only a single write looks like its own reply.
    if (echo || request[1] != write_one_function) {
        const std::size_t common = std::min(received.size(), request.size());
        const bool same = std::ranges::equal(received.first(common), request.first(common));
        if (same && common < request.size()) return {};
        if (same) received = received.subspan(common);
    }
    for (std::size_t at = 0; at < received.size(); ++at) {
        const auto rest = received.subspan(at);
        if (!begins_reply(request, rest)) continue;
        const std::size_t length = reply_length(request, rest);
        if (rest.size() < length) continue;
        if (crc_fits(rest.first(length))) return judged(request, rest.first(length));
        // At the very start there is no noise that could have been mistaken for the head.
        if (at == 0) return {.answer = Answer::bad};
    }
    return {.answer = received.size() >= most_frame_bytes ? Answer::bad : Answer::partial};
}

}  // namespace baytime::signs::modbus
