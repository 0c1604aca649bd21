#include "board/daemon/conversation.hpp"

#include "board/daemon/parameter.hpp"
#include "protocol/replies.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace baytime::daemon {

namespace {

Refused limit_refusal(std::string token, std::string sentence) {
    return {std::move(token), std::move(sentence), limit_code};
}

Refused too_much_output() {
    return limit_refusal("too-much-output", "too many answers wait to be read; read them before asking on");
}

/// Whom a request names, as a staff id: a badge may have its T in front.
std::string claimed(const std::string& staff, const std::string& badge) {
    if (!staff.empty()) return staff;
    return badge.starts_with('T') ? badge.substr(1) : badge;
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
    if (slots_.size() > max_lines_waiting)
        dismiss(limit_refusal("too-many-in-flight", fmt::format("more than {} lines wait for their answers; read some "
                                                                "before asking on",
                                                                max_lines_waiting)));
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
    outbox_->let_go_all();
    imports_.give_up(house_);
    house_.watchers.unwatch_unless(outbox_, [](const std::string&) { return false; });
    write_down("connect", why.token);
    outbox_->reply(json_ ? protocol::json_fault(nullptr, why.code, why.token, why.sentence) + '\n'
                         : protocol::words_fault(why.token, why.sentence));
}

bool Conversation::finished() const {
    return ((said_bye_ || input_ended_) && slots_.empty()) || outbox_->hopeless();
}

void Conversation::take_line(const protocol::Line& line) {
    const auto slot = slots_.emplace_back(std::make_shared<Slot>());
    read_line(line, slot);
    if (slot->parts.empty()) return;
    const bool waits = std::ranges::any_of(slot->parts, [](const Part& part) { return !part.text; });
    hold(slot->parts.front(), slot->parts.size() * sizeof(Part) + (waits ? line.text.size() : 0));
}

void Conversation::read_line(const protocol::Line& line, const SlotPtr& slot) {
    using Kind = protocol::Line::Kind;
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
    // As many refusals as there are calls would be more of what there is too much of.
    if (reading.batch && outbox_->full()) {
        auto& part = slot->parts.emplace_back();
        part.json = true;
        return fill(part, too_much_output());
    }
    slot->batch = reading.batch;
    for (auto& one : reading.calls) take_reading(std::move(one), slot);
}

std::optional<Refused> Conversation::over_limit(bool acts) {
    if (!caller_.still_welcome()) return token_revoked();
    if (house_.stopping) return Refused{"stopping", "the daemon is stopping; connect again later", storage_code};
    if (auto often = too_often()) return often;
    if (outbox_->full()) return too_much_output();
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
    if (!caller_.has_full_access()) imports_.give_up(house_);
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
    submission.barred = [weak = weak_from_this()]() -> std::optional<Refused> {
        const auto self = weak.lock();
        if (!self || self->caller_.still_welcome()) return std::nullopt;
        return token_revoked();
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

void Conversation::fill(Part& part, const Outcome& outcome) {
    const auto id = part.id.value_or(nullptr);
    if (const auto* result = std::get_if<protocol::Result>(&outcome)) {
        part.text = part.json ? protocol::json_reply(id, *result) : protocol::words_reply(*result);
        return hold(part, part.text->size());
    }
    const auto& refused = std::get<Refused>(outcome);
    write_down(part.verb, refused.token, part.claimed);
    part.text = part.json ? protocol::json_fault(id, refused.code, refused.token, refused.sentence)
                          : protocol::words_fault(refused.token, refused.sentence);
    hold(part, part.text->size());
}

void Conversation::hold(Part& part, std::size_t bytes) {
    part.held += bytes;
    outbox_->hold(bytes);
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

}  // namespace baytime::daemon
