#include "deploy/workday/speaker.hpp"

#include "board/cli/text.hpp"
#include "protocol/json.hpp"

#include <cstdio>

namespace baytime::workday {
namespace {

cli::Settings device(cli::Settings settings, const std::string& name) {
    settings.device = name;
    settings.token.clear();
    return settings;
}

}  // namespace

Speaker::Speaker(const cli::Settings& settings, bool verbose, GiveUp give_up)
    : run_(cli::fresh_key().substr(4, 8)), verbose_(verbose), give_up_(std::move(give_up)) {
    for (const Way way : {Way::dispatch_desk, Way::front_desk, Way::office, Way::crew_tablet})
        doors_[way] = json_door(settings);
    doors_[Way::words_terminal] = words_door(settings);
    doors_[Way::station_3] = scanner_door(device(settings, "station-3"));
    doors_[Way::station_7] = scanner_door(device(settings, "station-7"));
}

Answer Speaker::say(Way way, Order order, std::optional<Instant> at, const std::string& awaited) {
    const bool scanner = way == Way::station_3 || way == Way::station_7;
    // A scanner cannot say when, and has no card for everything.
    if (scanner && (at || !card_for(order))) way = Way::words_terminal;
    if (at) order.values.emplace_back("at", protocol::iso_utc(*at));
    const std::string key = "workday-" + run_ + "-" + std::to_string(++spoken_);
    const Answer answer = doors_.at(way)->say(order, key, give_up_);
    count(order, answer, awaited);
    return answer;
}

void Speaker::count(const Order& order, const Answer& answer, const std::string& awaited) {
    const std::string what = order.verb + " " + order.order + " as=" + order.as;
    if (answer.ok) {
        ++tally_.acknowledged;
    } else if (!awaited.empty() && answer.token == awaited) {
        ++tally_.refused;
    } else {
        ++tally_.errors;
        tally_.last_error = what + ": " + answer.token + " " + answer.sentence;
    }
    if (!verbose_) return;
    const std::string said = answer.ok ? "OK " + answer.state : "ERR " + answer.token + " " + answer.sentence;
    std::printf("%s  %s\n", cli::harmless(what).c_str(), cli::harmless(said).c_str());
    std::fflush(stdout);
}

int Speaker::reconnects() const {
    int sum = 0;
    for (const auto& [way, door] : doors_) sum += door->reconnects();
    return sum;
}

}  // namespace baytime::workday
