#include "board/daemon/conversation.hpp"

#include "board/daemon/help.hpp"
#include "board/daemon/log.hpp"
#include "board/daemon/parameter.hpp"
#include "board/daemon/queries.hpp"
#include "board/daemon/token_desk.hpp"
#include "protocol/replies.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace baytime::daemon {

namespace {

Refused limit_refusal(std::string token, std::string sentence) {
    return {std::move(token), std::move(sentence), limit_code};
}

/// Whom a request names, as a staff id: a badge may have its T in front.
std::string claimed(const std::string& staff, const std::string& badge) {
    if (!staff.empty()) return staff;
    return badge.starts_with('T') ? badge.substr(1) : badge;
}

bool takes_long(const protocol::Verb& verb) {
    return verb.name == "report" || verb.name == "calibration";
}

/// What becomes of the names in the kept copies of the journal: `forget` reaches these too.
Outcome with_copies(Outcome outcome, const Settings& settings) {
    auto* result = std::get_if<protocol::Result>(&outcome);
    if (result == nullptr || result->members.at("orders") == 0) return outcome;
    const bool kept = settings.erased_copies == ErasedCopies::never;
    result->members["copies"] = kept ? "kept" : "rewriting";
    result->members["note"] =
        kept ? "kept copies hold these names until they are deleted; see [backup] and [privacy] copies"
             : "the kept copies are written anew without these names; backup status=yes says when it is done";
    return outcome;
}

}  // namespace

Conversation::Conversation(House& house, Peer peer, Outbox::Ready ready)
    : house_(house),
      caller_(house, std::move(peer)),
      outbox_(std::make_shared<Outbox>(std::move(ready))),
      rate_(house.steady(), house.settings->requests_per_second),
      stranger_rate_(house.steady(), std::min(requests_before_hello, house.settings->requests_per_second)) {
    outbox_->count_into(house.output_waiting);
}

void Conversation::greet() {
    outbox_->reply(protocol::greeting(product, house_.workshop.shop().name, house_.workshop.board().seq));
}

void Conversation::receive(std::string_view bytes) {
    if (said_bye_) return;
    framer_.feed(bytes);
    while (!said_bye_) {
        const auto line = framer_.next();
        if (!line) break;
        take_line(*line);
    }
    advance();
}

void Conversation::input_ended() {
    input_ended_ = true;
}

void Conversation::written() {
    outbox_->sent();
    if (outbox_->drained() && outbox_->take_missed()) house_.watchers.catch_up(outbox_);
}

void Conversation::dismiss(const Refused& why) {
    if (said_bye_) return;
    said_bye_ = true;
    slots_.clear();  // what was asked and not answered yet stays unanswered
    house_.watchers.unwatch_unless(outbox_, [](const std::string&) { return false; });
    write_down("connect", why.token);
    outbox_->reply(json_ ? protocol::json_fault(nullptr, why.code, why.token, why.sentence) + '\n'
                         : protocol::words_fault(why.token, why.sentence));
}

bool Conversation::finished() const {
    return ((said_bye_ || input_ended_) && slots_.empty()) || outbox_->hopeless() || slots_.size() > max_lines_waiting;
}

void Conversation::take_line(const protocol::Line& line) {
    using Kind = protocol::Line::Kind;
    const auto slot = slots_.emplace_back(std::make_shared<Slot>());
    if (line.kind == Kind::too_long || line.kind == Kind::bad_utf8) {
        auto& part = slot->parts.emplace_back();
        part.json = json_;
        const auto sentence = fmt::format("a line may have {} bytes, one that begins with {{ or [ {}",
                                          protocol::max_words_line, protocol::max_json_line);
        fill(part, line.kind == Kind::too_long ? Refused{"line-too-long", sentence, -32600}
                                               : Refused{"bad-utf8", "the line is not valid UTF-8", -32700});
        if (const auto over = over_limit(false)) fill(part, *over);
        return;
    }
    json_ = line.kind == Kind::json;
    if (!json_) {
        if (const auto scan = protocol::read_scan(line.text)) return take_scan(*scan, slot);
        return take_reading(protocol::read_words(line.text, house_.clock.clockwork()), slot);
    }
    auto reading = protocol::read_json_line(line.text, house_.clock.clockwork());
    slot->batch = reading.batch;
    for (auto& one : reading.calls) take_reading(std::move(one), slot);
}

std::optional<Refused> Conversation::over_limit(bool acts) {
    if (house_.stopping) return Refused{"stopping", "the daemon is stopping; connect again later", storage_code};
    if (auto often = too_often()) return often;
    if (outbox_->full())
        return limit_refusal("too-much-output", "too many answers wait to be read; read them before asking on");
    if (acts && in_flight_ >= max_in_flight)
        return limit_refusal("too-many-in-flight",
                             fmt::format("{} commands wait for their answers; read some first", max_in_flight));
    return std::nullopt;
}

std::optional<Refused> Conversation::too_often() {
    const bool known = caller_.known();
    if ((known ? rate_ : stranger_rate_).allows(house_.steady())) return std::nullopt;
    if (known)
        return limit_refusal("too-many-requests", fmt::format("more than {} requests a second; wait a little",
                                                              house_.settings->requests_per_second));
    return limit_refusal("too-many-requests",
                         fmt::format("more than {} requests a second before hello; wait a little, then say who you "
                                     "are: hello token=<token>",
                                     requests_before_hello));
}

void Conversation::take_reading(protocol::Reading reading, const SlotPtr& slot) {
    const auto index = slot->parts.size();
    auto& part = slot->parts.emplace_back();
    if (const auto* fault = std::get_if<protocol::Fault>(&reading)) {
        refuse(part, *fault);
        if (const auto over = over_limit(false)) fill(part, *over);
        return;
    }
    auto& call = std::get<protocol::Call>(reading);
    part.json = call.json;
    part.id = call.id;
    part.silent = call.json && !call.id;
    part.verb = call.verb->name;
    const auto* query = std::get_if<protocol::Query>(&call.what);
    // A file comes in many pieces, each answered before the next is sent: no flood, and never more than one file.
    const bool piece = call.verb->name == "import-part" && caller_.has_full_access();
    if (const auto over = piece ? std::nullopt : over_limit(call.verb->acts)) return fill(part, *over);
    if (const auto no = caller_.may_call(*call.verb, query)) return fill(part, *no);
    take_call(call, slot, index);
}

void Conversation::take_call(protocol::Call& call, const SlotPtr& slot, std::size_t index) {
    auto& part = slot->parts[index];
    if (const auto* query = std::get_if<protocol::Query>(&call.what)) {
        // Who speaks must be known before the next line of a pipeline is understood.
        part.claimed = claimed(parameter(*query, "staff"), parameter(*query, "as"));
        if (call.verb->name == "hello") return fill(part, hello(*query));
        if (call.verb->name == "bye") said_bye_ = true;
        part.question = std::move(call);
        return;
    }
    part.claimed = claimed(call.staff, call.as);
    auto who = caller_.person_of(call);
    if (const auto* no = std::get_if<Refused>(&who)) return fill(part, *no);
    submit({.command = std::get<Command>(std::move(call.what)),
            .verb = std::string(call.verb->name),
            .who = std::get<std::string>(who),
            .at = call.at,
            .key = call.key,
            .done = {}},
           slot, index);
}

Outcome Conversation::hello(const protocol::Query& query) {
    auto outcome = caller_.hello(query);
    house_.watchers.unwatch_unless(outbox_, [this](const std::string& view) { return caller_.may_watch(view); });
    // Who found no place leaves the one it waited at.
    if (const auto* no = std::get_if<Refused>(&outcome); no != nullptr && no->token == "too-many-connections")
        said_bye_ = true;
    return outcome;
}

void Conversation::submit(Submission submission, const SlotPtr& slot, std::size_t index) {
    ++in_flight_;
    const bool forgets = std::holds_alternative<Forget>(submission.command);
    submission.done = [weak = weak_from_this(), slot, index, forgets](const Outcome& outcome) {
        const auto self = weak.lock();
        if (!self) return;  // the client has left; what it asked is done all the same
        --self->in_flight_;
        self->fill(slot->parts[index], forgets ? with_copies(outcome, *self->house_.settings) : outcome);
        self->advance();
    };
    house_.workshop.submit(std::move(submission));
    house_.work_waiting();
}

void Conversation::take_scan(const protocol::Scan& scan, const SlotPtr& slot) {
    auto& part = slot->parts.emplace_back();
    part.verb = "scan";
    if (const auto over = over_limit(true)) return fill(part, *over);
    if (caller_.station_bay().empty())
        return fill(part, Refused{"not-allowed",
                                  "codes are read at a station that stands at a bay; "
                                  "say hello with its token first",
                                  identity_code});
    if (scan.kind == protocol::Scan::Kind::badge) {
        const auto known = caller_.badge(scan.value);
        if (const auto* no = std::get_if<Refused>(&known)) return fill(part, *no);
    }
    scans_.add(scan, house_.steady());
    const auto all = scans_.take();
    if (!all) {
        protocol::Result result;
        result.members["scanned"] = scan.value;
        result.members["need"] = protocol::to_json(scans_.missing());
        return fill(part, result);
    }
    auto command = protocol::command_of_card(all->card, all->order);
    if (!command) return fill(part, Refused{"bad-value", "this card means nothing here", -32602});
    submit({.command = std::move(*command),
            .verb = all->card,
            .who = std::get<std::string>(caller_.badge(all->badge)),
            .at = std::nullopt,
            .key = "",
            .done = {}},
           slot, slot->parts.size() - 1);
}

Outcome Conversation::answer_question(const protocol::Call& call) {
    const auto& query = std::get<protocol::Query>(call.what);
    if (!house_.workshop.sound() && call.verb->access != protocol::Access::anyone) return house_.workshop.refusal();
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
            return limit_refusal("too-many-views",
                                 fmt::format("one connection may watch {} views", max_views_per_watcher));
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

void Conversation::fill(Part& part, const Outcome& outcome) {
    const auto id = part.id.value_or(nullptr);
    if (const auto* result = std::get_if<protocol::Result>(&outcome)) {
        part.text = part.json ? protocol::json_reply(id, *result) : protocol::words_reply(*result);
        return;
    }
    const auto& refused = std::get<Refused>(outcome);
    write_down(part.verb, refused.token, part.claimed);
    part.text = part.json ? protocol::json_fault(id, refused.code, refused.token, refused.sentence)
                          : protocol::words_fault(refused.token, refused.sentence);
}

void Conversation::write_down(std::string_view verb, const std::string& token, const std::string& claimed) {
    if (!house_.turned_away) return;
    const auto& device = caller_.device();
    // Only who is of this shop is named: any other text is the peer's own.
    const bool known = !claimed.empty() && house_.settings->shop.person(claimed) != nullptr;
    house_.turned_away({.peer = caller_.peer().address,
                        .device = device ? device->id : std::string{},
                        .person = known ? claimed : caller_.person(),
                        .verb = std::string(verb),
                        .token = token});
}

void Conversation::refuse(Part& part, const protocol::Fault& fault) {
    part.json = fault.json;
    part.id = fault.id;
    part.silent = fault.json && !fault.id;  // a notification is not answered, whatever is wrong with it
    fill(part, Refused{fault.token, fault.sentence, fault.code});
}

bool Conversation::has_to_wait(const protocol::Call& call) {
    if (!takes_long(*call.verb) || !house_.later) return false;
    const auto wait = house_.pace.wait(house_.steady(), house_.workshop.board().seq);
    if (wait == Steady::duration::zero() && !took_long_) return false;
    if (std::exchange(comes_again_, true)) return true;
    house_.later(wait, [weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self) return;
        self->comes_again_ = false;
        self->advance();
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
    if (!takes_long(*call.verb)) return;
    took_long_ = true;
    house_.pace.took(begin, house_.steady(), house_.workshop.board().seq);
}

void Conversation::emit(const Slot& slot) {
    std::vector<std::string> texts;
    for (const auto& part : slot.parts) {
        if (!part.silent) texts.push_back(*part.text);
    }
    if (texts.empty()) return;
    if (slot.batch) return outbox_->reply(protocol::json_batch(texts));
    outbox_->reply(slot.parts.front().json ? texts.front() + '\n' : texts.front());
}

void Conversation::advance() {
    if (advancing_) return;
    advancing_ = true;
    took_long_ = false;
    std::size_t done = 0;
    for (; done < slots_.size() && complete(*slots_[done]); ++done) emit(*slots_[done]);
    slots_.erase(slots_.begin(), slots_.begin() + static_cast<std::ptrdiff_t>(done));
    advancing_ = false;
}

}  // namespace baytime::daemon
