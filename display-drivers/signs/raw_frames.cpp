#include "display-drivers/signs/raw_frames.hpp"

#include "display-drivers/signs/fields.hpp"

#include <algorithm>
#include <cstdio>

namespace baytime::signs::raw {

namespace {

Bytes number_bytes(unsigned value, const NumberForm& form) {
    const auto high = static_cast<std::uint8_t>(value >> 8), low = static_cast<std::uint8_t>(value);
    switch (form.as) {
        case NumberKind::byte: return {low};
        case NumberKind::low_high: return {low, high};
        case NumberKind::high_low: return {high, low};
        case NumberKind::hex:
        case NumberKind::decimal: break;
    }
    const unsigned base = form.as == NumberKind::hex ? 16 : 10;
    Bytes out(form.size());
    for (auto at = out.rbegin(); at != out.rend(); ++at, value /= base) {
        *at = static_cast<std::uint8_t>("0123456789ABCDEF"[value % base]);
    }
    return out;
}

/// Nothing when these are no digits as number_bytes() writes them.
std::optional<unsigned> number_in(std::span<const std::uint8_t> bytes, const NumberForm& form) {
    if (form.as == NumberKind::byte) return bytes[0];
    if (form.as == NumberKind::low_high) return bytes[0] + 256U * bytes[1];
    if (form.as == NumberKind::high_low) return bytes[1] + 256U * bytes[0];
    unsigned out = 0;
    for (const std::uint8_t byte : bytes) {
        const bool digit = byte >= '0' && byte <= '9', letter = byte >= 'A' && byte <= 'F';
        if (!digit && (form.as == NumberKind::decimal || !letter)) return std::nullopt;
        const unsigned base = form.as == NumberKind::hex ? 16U : 10U;
        out = out * base + (digit ? byte - unsigned{'0'} : byte - unsigned{'A'} + 10U);
    }
    return out;
}

constexpr unsigned reflected_8005 = 0xA001, ccitt = 0x1021;

unsigned modbus_step(unsigned crc, std::uint8_t byte) {
    crc ^= byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc & 1U) != 0 ? (crc >> 1) ^ reflected_8005 : crc >> 1;
    return crc;
}

unsigned ccitt_step(unsigned crc, std::uint8_t byte) {
    crc ^= static_cast<unsigned>(byte) << 8;
    for (int bit = 0; bit < 8; ++bit) crc = (crc & 0x8000U) != 0 ? (crc << 1) ^ ccitt : crc << 1;
    return crc & 0xFFFFU;
}

std::size_t character_bytes(std::span<const std::uint8_t> text, Encoding encoding) {
    const std::uint8_t first = text[0];
    std::size_t size = 1;
    if (encoding == Encoding::gbk && first >= 0x81) size = 2;
    if (encoding == Encoding::utf8 && first >= 0xC0) size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    return std::min(size, text.size());
}

/// Bytes of these parts, of a text without width none.
std::size_t size_of_span(const Frame& frame, const RawTemplate& form, const Span& span) {
    std::size_t out = 0;
    for (std::size_t i = span.begin; i < std::min(span.end, frame.parts.size()); ++i) {
        out += size_of(frame.parts[i], form);
    }
    return out;
}

std::size_t size_of_all(const Frame& frame, const RawTemplate& form) {
    return size_of_span(frame, form, {.begin = 0, .end = frame.parts.size()});
}

Bytes joined(const std::vector<Bytes>& pieces, const Span& span) {
    Bytes out;
    for (std::size_t i = span.begin; i < span.end; ++i) out.insert(out.end(), pieces[i].begin(), pieces[i].end());
    return out;
}

void escape(Bytes& bytes, const RawTemplate& form) {
    Bytes out;
    for (const std::uint8_t byte : bytes) {
        const auto found = std::ranges::find(form.escapes, byte, &Escape::byte);
        if (found == form.escapes.end()) {
            out.push_back(byte);
        } else {
            out.insert(out.end(), found->sent.begin(), found->sent.end());
        }
    }
    bytes = std::move(out);
}

std::optional<Bytes> unescaped(std::span<const std::uint8_t> bytes, const RawTemplate& form) {
    Bytes out;
    while (!bytes.empty()) {
        const auto found = std::ranges::find_if(form.escapes, [bytes](const Escape& one) {
            return one.sent.size() <= bytes.size() && std::equal(one.sent.begin(), one.sent.end(), bytes.begin());
        });
        if (found != form.escapes.end()) {
            out.push_back(found->byte);
            bytes = bytes.subspan(found->sent.size());
            continue;
        }
        if (std::ranges::find(form.escapes, bytes[0], &Escape::byte) != form.escapes.end()) return std::nullopt;
        out.push_back(bytes[0]);
        bytes = bytes.subspan(1);
    }
    return out;
}

Bytes without_padding(std::span<const std::uint8_t> field, const RawTemplate& form) {
    if (form.width == 0) return {field.begin(), field.end()};
    const auto padding = [&form](std::uint8_t byte) { return byte == form.padding; };
    auto begin = field.begin(), end = field.end();
    while (form.right && begin != end && padding(*begin)) ++begin;
    while (!form.right && begin != end && padding(*(end - 1))) --end;
    return {begin, end};
}

/// Takes one part of a frame; false when it is something else.
bool take(const Part& part, const RawTemplate& form, std::span<const std::uint8_t> piece, Values& values) {
    const auto number = [&piece](const NumberForm& as, int& out) {
        const auto value = number_in(piece, as);
        out = static_cast<int>(value.value_or(0));
        return value.has_value();
    };
    switch (part.kind) {
        case PartKind::literal: return std::ranges::equal(piece, part.bytes);
        case PartKind::text: values.text = without_padding(piece, form); return true;
        case PartKind::address: return number(form.address_as, values.address);
        case PartKind::line: return number(form.line_as, values.line);
        case PartKind::colour: values.colour = {piece.begin(), piece.end()}; return true;
        case PartKind::brightness: return number(form.brightness_as, values.brightness);
        case PartKind::length: return number_in(piece, form.length_as).has_value();
        case PartKind::check: values.check = number_in(piece, form.check_as); break;
    }
    return values.check.has_value();
}

/// These bytes as a whole frame without escapes.
std::optional<Found> plain_frame(const Frame& frame, const RawTemplate& form, std::span<const std::uint8_t> bytes) {
    const std::size_t fixed = size_of_all(frame, form);
    if (bytes.size() < fixed) return std::nullopt;
    const std::size_t text = bytes.size() - fixed;
    const bool free_text = frame.has(PartKind::text) && form.width == 0;
    if (free_text ? text > form.most : text > 0) return std::nullopt;
    Found out{.length = bytes.size()};
    std::vector<Bytes> pieces;
    std::size_t at = 0;
    for (const Part& part : frame.parts) {
        const std::size_t size = part.kind == PartKind::text && free_text ? text : size_of(part, form);
        const auto piece = bytes.subspan(at, size);
        if (!take(part, form, piece, out.values)) return std::nullopt;
        pieces.emplace_back(piece.begin(), piece.end());
        at += size;
    }
    if (const auto place = frame.place(PartKind::length); place < frame.parts.size()) {
        const auto counted = static_cast<int>(joined(pieces, frame.length_over).size()) + form.length_more;
        if (static_cast<int>(number_in(pieces[place], form.length_as).value_or(0)) != counted) return std::nullopt;
    }
    if (!out.values.check) return out;
    out.right_check = check_of(form.check, joined(pieces, frame.check_over), form.check_start);
    return out;
}

std::optional<Found> escaped_frame(const Frame& frame, const RawTemplate& form, std::span<const std::uint8_t> bytes) {
    const std::size_t head = size_of_span(frame, form, {.begin = 0, .end = frame.escape_over->begin});
    const std::size_t tail = size_of_span(frame, form, {.begin = frame.escape_over->end, .end = frame.parts.size()});
    const Bytes& last = frame.parts[frame.escape_over->end].bytes;
    if (bytes.size() < head + tail) return std::nullopt;
    const auto middle = bytes.subspan(head);
    const auto end = static_cast<std::size_t>(std::ranges::find(middle, last.front()) - middle.begin());
    if (end > most_frame_bytes || end + tail > middle.size()) return std::nullopt;
    const auto inner = unescaped(middle.first(end), form);
    if (!inner) return std::nullopt;
    Bytes plain(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(head));
    plain.insert(plain.end(), inner->begin(), inner->end());
    const auto behind = middle.subspan(end, tail);
    plain.insert(plain.end(), behind.begin(), behind.end());
    auto out = plain_frame(frame, form, plain);
    if (out) out->length = head + end + tail;
    return out;
}

/// The length field says how long the text is. Below zero: it says nonsense, or is not there yet.
std::int64_t announced(const Frame& frame, const RawTemplate& form, std::span<const std::uint8_t> bytes) {
    const std::size_t place = frame.place(PartKind::length);
    const std::size_t at = size_of_span(frame, form, {.begin = 0, .end = place});
    if (at + form.length_as.size() > bytes.size()) return -1;
    const auto value = number_in(bytes.subspan(at, form.length_as.size()), form.length_as);
    if (!value) return -1;
    return std::int64_t{*value} - form.length_more -
           static_cast<std::int64_t>(size_of_span(frame, form, frame.length_over));
}

/// A text goes on to the first byte that none has: tries the ends that a literal allows.
std::optional<Found> ended_frame(const Frame& frame, const RawTemplate& form, std::span<const std::uint8_t> bytes) {
    const std::size_t text = frame.place(PartKind::text);
    const std::size_t begin = size_of_span(frame, form, {.begin = 0, .end = text});
    const std::size_t fixed = size_of_all(frame, form);
    std::size_t literal = text + 1;
    while (frame.parts[literal].kind != PartKind::literal) ++literal;
    const std::size_t between = size_of_span(frame, form, {.begin = text + 1, .end = literal});
    std::optional<Found> wrong;
    for (std::size_t size = 0; size <= form.most && fixed + size <= bytes.size(); ++size) {
        if (bytes[begin + size + between] == frame.parts[literal].bytes.front()) {
            auto found = plain_frame(frame, form, bytes.first(fixed + size));
            if (found && found->check_right()) return found;
            if (found && !wrong) wrong = std::move(found);
        }
        if (never_in_text(bytes[begin + size], form)) break;
    }
    return wrong;
}

}  // namespace

unsigned check_of(CheckKind kind, std::span<const std::uint8_t> bytes, int start) {
    auto out = static_cast<unsigned>(start);
    for (const std::uint8_t byte : bytes) {
        if (kind == CheckKind::xor8) out ^= byte;
        if (kind == CheckKind::sum8 || kind == CheckKind::sum16 || kind == CheckKind::lrc) out += byte;
        if (kind == CheckKind::crc16_modbus) out = modbus_step(out, byte);
        if (kind == CheckKind::crc16_ccitt) out = ccitt_step(out, byte);
    }
    if (kind == CheckKind::lrc) out = 0U - out;  // the sum with it is zero
    const bool small = kind == CheckKind::sum8 || kind == CheckKind::xor8 || kind == CheckKind::lrc;
    return out & (small ? 0xFFU : 0xFFFFU);
}

Bytes fitted(const Bytes& text, const RawTemplate& form) {
    const std::size_t room = form.width > 0 ? form.width : form.most;
    std::size_t kept = 0;
    while (kept < text.size()) {
        const std::size_t next = character_bytes(std::span(text).subspan(kept), form.encoding);
        if (kept + next > room) break;
        kept += next;
    }
    return {text.begin(), text.begin() + static_cast<std::ptrdiff_t>(kept)};
}

Bytes build(const Frame& frame, const RawTemplate& form, const Values& values) {
    Bytes field = fitted(values.text, form);
    const std::size_t missing = form.width > field.size() ? form.width - field.size() : 0;
    field.insert(form.right ? field.begin() : field.end(), missing, form.padding);
    std::vector<Bytes> pieces;
    for (const Part& part : frame.parts) {
        switch (part.kind) {
            case PartKind::literal: pieces.push_back(part.bytes); break;
            case PartKind::text: pieces.push_back(field); break;
            case PartKind::colour: pieces.push_back(values.colour); break;
            case PartKind::address:
                pieces.push_back(number_bytes(static_cast<unsigned>(values.address), form.address_as));
                break;
            case PartKind::line:
                pieces.push_back(number_bytes(static_cast<unsigned>(values.line), form.line_as));
                break;
            case PartKind::brightness:
                pieces.push_back(number_bytes(static_cast<unsigned>(values.brightness), form.brightness_as));
                break;
            case PartKind::length:
            case PartKind::check: pieces.emplace_back(size_of(part, form)); break;
        }
    }
    if (const auto place = frame.place(PartKind::length); place < pieces.size()) {
        const auto counted = static_cast<int>(joined(pieces, frame.length_over).size()) + form.length_more;
        pieces[place] = number_bytes(static_cast<unsigned>(std::max(counted, 0)), form.length_as);
    }
    if (const auto place = frame.place(PartKind::check); place < pieces.size()) {
        const Bytes over = joined(pieces, frame.check_over);
        pieces[place] =
            number_bytes(values.check.value_or(check_of(form.check, over, form.check_start)), form.check_as);
    }
    for (std::size_t i = 0; frame.escape_over && i < pieces.size(); ++i) {
        if (frame.escape_over->holds(i)) escape(pieces[i], form);
    }
    return joined(pieces, {.begin = 0, .end = pieces.size()});
}

std::optional<Found> frame_at(const Frame& frame, const RawTemplate& form, std::span<const std::uint8_t> bytes) {
    if (bytes.empty() || !can_begin(frame, bytes)) return std::nullopt;
    if (frame.escape_over) return escaped_frame(frame, form, bytes);
    std::size_t size = size_of_all(frame, form);
    if (frame.text_end == TextEnd::literal || frame.text_end == TextEnd::check_then_literal) {
        return ended_frame(frame, form, bytes);
    }
    if (frame.text_end == TextEnd::length) {
        const std::int64_t text = announced(frame, form, bytes);
        if (text < 0 || text > static_cast<std::int64_t>(form.most)) return std::nullopt;
        size += static_cast<std::size_t>(text);
    }
    if (size > bytes.size()) return std::nullopt;
    return plain_frame(frame, form, bytes.first(size));
}

bool can_begin(const Frame& frame, std::span<const std::uint8_t> bytes) {
    for (std::size_t i = 0; i < frame.parts.size() && !bytes.empty(); ++i) {
        if (frame.parts[i].kind != PartKind::literal || (frame.escape_over && frame.escape_over->holds(i))) return true;
        const auto count = std::min(bytes.size(), frame.parts[i].bytes.size());
        if (!std::equal(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count),
                        frame.parts[i].bytes.begin()))
            return false;
        bytes = bytes.subspan(count);
    }
    return true;
}

}  // namespace baytime::signs::raw
