// What comes over the network: any bytes make lines, any line is a call or a fault that can be said in one clean line.
#include "board/core/letters.hpp"
#include "protocol/replies.hpp"
#include "protocol/text.hpp"
#include "protocol/words.hpp"
#include "tests/fuzz/targets.hpp"

namespace baytime::fuzz {

namespace {

using namespace protocol;

constexpr std::chrono::hours east{8};

/// 2026-11-21, 09:00 in a shop eight hours ahead of UTC.
Clockwork nine_o_clock() {
    return {.now = *from_iso("2026-11-21T01:00:00Z"),
            .to_utc = [](auto local) { return Instant(local.time_since_epoch() - east); },
            .to_local =
                [](Instant at) {
                    const auto minutes = std::chrono::floor<std::chrono::minutes>(at.time_since_epoch() + east);
                    return std::chrono::local_time<std::chrono::minutes>(minutes);
                }};
}

void judge(const Reading& reading, bool valid) {
    if (const auto* fault = std::get_if<Fault>(&reading)) {
        const auto line = words_fault(fault->token, fault->sentence);
        require(!fault->token.empty() && !fault->sentence.empty(), "a fault has a token and a sentence");
        require(line.find('\n') == line.size() - 1, "a fault is said in one line");
        require(!valid || valid_utf8(line), "the fault of a UTF-8 line is UTF-8");
        const auto object = json_fault(fault->id.value_or(nullptr), fault->code, fault->token, fault->sentence);
        boost::system::error_code failed;
        if (valid) json::parse(object, failed);
        require(!failed, "a fault in JSON can be parsed");
    } else {
        require(std::get<Call>(reading).verb != nullptr, "a call has a verb");
    }
}

/// What a framer makes of the bytes when they arrive in pieces of this many.
std::vector<Line> lines_of(std::string_view bytes, std::size_t piece) {
    Framer framer;
    std::vector<Line> out;
    while (!bytes.empty()) {
        framer.feed(bytes.substr(0, piece));
        bytes.remove_prefix(std::min(piece, bytes.size()));
        while (auto line = framer.next()) out.push_back(*std::move(line));
    }
    return out;
}

bool same(const Line& one, const Line& other) {
    return one.kind == other.kind && one.text == other.text;
}

}  // namespace

void bear_framer(std::string_view bytes) {
    const auto lines = lines_of(bytes, bytes.size());
    const std::size_t piece = bytes.empty() ? 1 : 1 + static_cast<unsigned char>(bytes.front()) % 32;
    require(std::ranges::equal(lines, lines_of(bytes, piece), same), "lines do not depend on how bytes arrive");
    for (const Line& line : lines) {
        const bool good = line.kind == Line::Kind::words || line.kind == Line::Kind::json;
        require(good || line.text.empty(), "a refused line has no text");
        require(valid_utf8(line.text), "a line is UTF-8");
        require(line.text.find('\n') == line.text.npos, "a line has no newline in it");
        require(line.text.size() <= (line.kind == Line::Kind::json ? max_json_line : max_words_line),
                "a line has at most its longest length");
    }
}

void bear_words(std::string_view bytes) {
    judge(read_words(bytes, nine_o_clock()), valid_utf8(bytes));
    const auto cut = split_words(bytes);
    const auto* words = std::get_if<std::vector<Word>>(&cut);
    if (words == nullptr) return;
    for (const Word& one : *words) {
        if (!valid_utf8(one.value) || has_control(one.value)) continue;
        const auto again = split_words("x=" + word(json::string(one.value)));
        const auto* back = std::get_if<std::vector<Word>>(&again);
        require(back != nullptr && back->size() == 1 && back->front().value == one.value,
                "a value that is spelled and read again is the same");
    }
}

void bear_jsonrpc(std::string_view bytes) {
    const auto reading = read_json_line(bytes, nine_o_clock());
    require(!reading.calls.empty(), "a line of JSON is at least one call or fault");
    require(reading.calls.size() <= max_batch, "a batch has at most its limit");
    for (const Reading& one : reading.calls) judge(one, valid_utf8(bytes));
}

void bear_scan(std::string_view bytes) {
    const auto scan = read_scan(bytes);
    if (!scan) return;
    require(!scan->value.empty(), "a code has a value");
    if (scan->kind == Scan::Kind::card) command_of_card(scan->value, "R1");
}

}  // namespace baytime::fuzz
