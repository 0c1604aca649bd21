#include "board/daemon/opening_log.hpp"

#include "board/daemon/log.hpp"

#include <cstdio>

namespace baytime::daemon {

namespace {

void log_damage(const store::Opening& opening) {
    if (opening.restored_from.empty())
        return log::error("journal_started_empty",
                          {{"set_aside_as", opening.damaged},
                           {"why", opening.damage},
                           {"meaning",
                            "the journal was damaged and no backup is good: the board begins with no job; "
                            "enter the cars in the shop again, and keep the file that was set aside"}});
    log::error("journal_damaged", {{"set_aside_as", opening.damaged},
                                   {"why", opening.damage},
                                   {"restored_from", opening.restored_from},
                                   {"meaning", "what was recorded after that backup is missing"}});
}

}  // namespace

void log_opening(const store::Opening& opening, const Settings& settings) {
    if (opening.created) log::info("journal_created", {{"path", settings.journal}});
    if (opening.upgraded_from > 0) log::info("journal_upgraded", {{"from_schema", opening.upgraded_from}});
    if (!opening.damaged.empty()) log_damage(opening);
    if (!opening.newer_copy.empty())
        log::error("journal_behind", {{"copy", opening.newer_copy},
                                      {"copy_events", opening.newer_copy_events},
                                      {"events", opening.events},
                                      {"meaning", "something that was recorded is missing from the journal"}});
    if (opening.listed_anew)
        log::warn("journal_list_made_anew",
                  {{"meaning", "the list of events by order was changed from outside; no event is lost"}});
    if (settings.clock.speed != 1) log::warn("training_clock", {{"speed", settings.clock.speed}});
    if (settings.open) log::warn("open_to_this_computer", {{"meaning", "anyone here may act without a token"}});
    if (settings.plain_on_network)
        log::warn("plain_on_network",
                  {{"meaning", "who listens on the network reads what stations and displays send"}});
    if (!settings.has_tokens())
        log::info("no_tokens", {{"meaning", "only this computer is served until a device has a token"}});
}

void tell_ready(const House& house, const std::vector<std::string>& places) {
    const auto& board = house.workshop.board();
    log::info("ready", {{"listening", places.front()}, {"jobs_open", board.open.size()}, {"seq", board.seq}});
    std::printf("listening on %s\n", places.front().c_str());
    if (places.size() > 1) {
        log::info("tls", {{"listening", places[1]}, {"fingerprint", house.tls_fingerprint}});
        std::printf("listening with TLS on %s, fingerprint %s\n", places[1].c_str(), house.tls_fingerprint.c_str());
    }
    std::fflush(stdout);
}

}  // namespace baytime::daemon
