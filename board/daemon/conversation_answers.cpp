// The answers of a conversation: each when its turn has come, in the order of the requests.
#include "board/daemon/conversation.hpp"
#include "board/daemon/help.hpp"
#include "board/daemon/log.hpp"
#include "board/daemon/parameter.hpp"
#include "board/daemon/queries.hpp"
#include "board/daemon/token_desk.hpp"
#include "protocol/replies.hpp"

#include <fmt/format.h>

#include <charconv>
#include <utility>

namespace baytime::daemon {

Outcome Conversation::answer_question(const protocol::Call& call) {
    const auto& query = std::get<protocol::Query>(call.what);
    // What was asked before it may have revoked the token.
    if (!caller_.still_welcome()) return token_revoked();
    if (!house_.workshop.sound() && !call.verb->name.starts_with("token-") &&
        call.verb->access != protocol::Access::anyone)
        return house_.workshop.refusal();
    try {
        if (call.verb->name == "watch") return watch(call);
        if (call.verb->name == "unwatch") return unwatch(query);
        if (call.verb->name.starts_with("import-")) return imports_.ask(house_, caller_, call.verb->name, query);
        if (call.verb->name == "audit") return list_refusals(house_, caller_, query);
        if (call.verb->name.starts_with("token-") && house_.tokens) {
            const auto& device = caller_.device();
            return house_.tokens(call.verb->name, query, device ? device->id : "this-computer");
        }
        // The whole record holds every name and phone.
        if (call.verb->name == "export-events" && !caller_.has_full_access())
            return Refused{"not-allowed", "the record is exported with the token of a full device", identity_code};
        return ask(house_, call.verb->name, query);
    } catch (const std::exception& failure) {
        log::error("question_failed", {{"verb", call.verb->name}, {"why", failure.what()}});
        return storage_refusal(failure);
    }
}

Outcome Conversation::watch(const protocol::Call& call) {
    const auto& query = std::get<protocol::Query>(call.what);
    const auto view = parameter(query, "view");
    // Another device may have said hello while the commands before this line were decided.
    if (const auto no = caller_.may_call(*call.verb, &query)) return *no;
    std::optional<std::uint64_t> since;
    if (const auto text = parameter(query, "since"); !text.empty()) {
        std::uint64_t seq = 0;
        std::from_chars(text.data(), text.data() + text.size(), seq);
        since = seq;
    }
    switch (house_.watchers.watch(outbox_, view, since, call.json)) {
        case Watchers::Start::unknown_view:
            return Refused{"unknown-view", "the views are lounge, workshop, bay:<id>, alerts and events", -32602};
        case Watchers::Start::unknown_bay: return Refused{"unknown-bay", "no bay has this id; see bays", -32000};
        case Watchers::Start::too_many:
            return Refused{"too-many-views", fmt::format("one connection may watch {} views", max_views_per_watcher),
                           limit_code};
        case Watchers::Start::already:
        case Watchers::Start::watching: break;
    }
    house_.work_waiting();  // pings and changes by the passing of time begin, also when nobody asks anything more
    protocol::Result result;
    result.members["view"] = view;
    result.members["seq"] = house_.workshop.board().seq;
    return result;
}

Outcome Conversation::unwatch(const protocol::Query& query) {
    const auto view = parameter(query, "view");
    const bool watched = house_.watchers.unwatch(outbox_, view);
    protocol::Result result;
    result.members["view"] = view;
    result.members["changed"] = watched;
    return result;
}

bool Conversation::has_to_wait(const protocol::Call& call) {
    if (!takes_long(*call.verb) || std::exchange(my_turn_, false)) return false;
    if (house_.long_answers.free(house_)) return false;
    if (std::exchange(in_queue_, true)) return true;
    house_.long_answers.wait_turn(house_, caller_.asker(), [weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self) return;
        self->in_queue_ = false;
        self->my_turn_ = true;
        self->advance();
        self->my_turn_ = false;
    });
    return true;
}

bool Conversation::complete(Slot& slot) {
    for (auto& part : slot.parts) {
        if (part.text) continue;
        if (!part.question) return false;  // a command that waits for its turn
        if (has_to_wait(*part.question)) return false;
        const auto call = std::exchange(part.question, std::nullopt);
        answer(part, *call);
    }
    return true;
}

void Conversation::answer(Part& part, const protocol::Call& call) {
    if (call.verb->name == "help" && parameter(std::get<protocol::Query>(call.what), "verb").empty()) {
        part.text = all_help(part.json, part.id.value_or(nullptr));
        return;
    }
    const auto begin = house_.steady();
    fill(part, answer_question(call));
    if (takes_long(*call.verb)) house_.long_answers.made(house_, begin);
}

void Conversation::emit(const Slot& slot) {
    std::vector<std::string> texts;
    for (const auto& part : slot.parts) {
        outbox_->let_go(part.held);
        if (!part.silent) texts.push_back(*part.text);
    }
    if (texts.empty()) return;
    if (slot.batch) return outbox_->reply(protocol::json_batch(texts));
    outbox_->reply(slot.parts.front().json ? texts.front() + '\n' : texts.front());
}

void Conversation::advance() {
    if (advancing_) return;
    advancing_ = true;
    std::size_t done = 0;
    for (; done < slots_.size() && complete(*slots_[done]); ++done) emit(*slots_[done]);
    slots_.erase(slots_.begin(), slots_.begin() + static_cast<std::ptrdiff_t>(done));
    advancing_ = false;
}

}  // namespace baytime::daemon
