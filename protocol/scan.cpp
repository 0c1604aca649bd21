// What a hand scanner sends: job barcodes, badges and verb cards.
#include "protocol/verbs.hpp"

#include <algorithm>
#include <array>

namespace baytime::protocol {
namespace {

struct Card {
    std::string_view name;
    Command (*command)(const std::string& order);
};

template <int count>
Command late(const std::string& order) {
    return FlagDelay{.order = order,
                     .minutes = MinuteCount{count},
                     .to = std::nullopt,
                     .reason = DelayReason::other,
                     .text = std::nullopt};
}

Command start(const std::string& order) {
    return Start{.order = order, .bay = std::nullopt, .technician = std::nullopt, .force = false};
}

Command pause_for_parts(const std::string& order) {
    return Pause{.order = order, .reason = PauseReason::parts};
}

Command yes(const std::string& order) {
    return AnswerYes{.order = order};
}

Command finish(const std::string& order) {
    return Finish{.order = order};
}

/// PAUSE-OK ends a pause: work goes on.
constexpr std::array cards{Card{"FINISH", finish},    Card{"LATE-15", late<15>}, Card{"LATE-30", late<30>},
                           Card{"LATE-60", late<60>}, Card{"PAUSE-OK", start},   Card{"PAUSE-PARTS", pause_for_parts},
                           Card{"START", start},      Card{"YES", yes}};

bool is_id(std::string_view text, std::size_t longest) {
    const auto fits = [](char letter) {
        return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
               (letter >= 'A' && letter <= 'Z') || letter == '.' || letter == '_' || letter == '-';
    };
    return !text.empty() && text.size() <= longest && std::ranges::all_of(text, fits);
}

std::string upper(std::string_view text) {
    std::string out(text);
    for (char& letter : out) {
        if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    }
    return out;
}

}  // namespace

std::optional<Scan> read_scan(std::string_view line) {
    while (line.ends_with(' ') || line.ends_with('\t')) line.remove_suffix(1);
    if (std::ranges::find(cards, line, &Card::name) != cards.end()) {
        return Scan{.kind = Scan::Kind::card, .value = std::string(line)};
    }
    if (line.starts_with('J') && is_id(line.substr(1), max_order_bytes)) {
        return Scan{.kind = Scan::Kind::job, .value = upper(line.substr(1))};
    }
    if (line.starts_with('T') && is_id(line.substr(1), max_id_bytes)) {
        return Scan{.kind = Scan::Kind::badge, .value = std::string(line.substr(1))};
    }
    return std::nullopt;
}

std::optional<Command> command_of_card(std::string_view card, const std::string& order) {
    const auto found = std::ranges::find(cards, card, &Card::name);
    if (found == cards.end()) return std::nullopt;
    return found->command(order);
}

}  // namespace baytime::protocol
