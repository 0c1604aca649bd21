#include "board/daemon/workshop.hpp"

#include "board/core/decide.hpp"
#include "board/core/elsewhere.hpp"
#include "board/daemon/answers.hpp"
#include "board/daemon/known_people.hpp"
#include "board/daemon/log.hpp"
#include "board/daemon/projection.hpp"
#include "board/daemon/shop_zone.hpp"

#include <algorithm>
#include <set>
#include <type_traits>

namespace baytime::daemon {

namespace {

/// After alerts could not be stored they are looked at again, in shop time; a full disk must not keep the loop busy.
constexpr std::chrono::minutes retry_alerts_after{1};
/// Keys are swept this often, in shop time.
constexpr std::chrono::hours sweep_every{1};

bool creates(const Command& command) {
    return std::holds_alternative<Book>(command) || std::holds_alternative<Receive>(command);
}

/// Numbers of imported orders are taken for ever.
Refused number_taken(const std::string& order) {
    return {token(Refusal::order_exists), order + " was imported as a settled order; take another number", -32000};
}

/// Whether the record knows the advisor whom the correction of an imported order names. The record is read for a
/// manager only: nobody else may name one.
bool knows_advisor(store::Journal& journal, const Shop& shop, const Submission& ask) {
    const auto* correct = std::get_if<Correct>(&ask.command);
    if (correct == nullptr || correct->advisor.value_or("").empty() || shop.person(*correct->advisor)) return true;
    const auto* who = shop.person(ask.who);
    if (who == nullptr || who->role != Role::manager) return true;
    std::set<std::string> strangers{*correct->advisor};
    leave_out_known(strangers, journal);
    return strangers.empty();
}

}  // namespace

Board replay(store::Journal& journal) {
    Board board;
    journal.read(0, [&board](const Event& event) {
        apply(board, event);
        return true;
    });
    return board;
}

Workshop::Workshop(store::Journal& journal, std::shared_ptr<const Shop> shop, std::function<Instant()> clock)
    : journal_(journal),
      shop_(std::move(shop)),
      zone_(shop_zone(shop_->zone)),
      clock_(std::move(clock)),
      board_(replay(journal)) {
    if (refresh_projection(journal_, board_, shop_->zone)) log::info("report_rows_made", {{"zone", shop_->zone}});
}

void Workshop::use(std::shared_ptr<const Shop> shop) {
    zone_ = shop_zone(shop->zone);
    shop_ = std::move(shop);
    board_.touched.lose();
    predictor_.reset();
    due_watch_.reset();
    next_due_ = Instant{};
    if (sound_) refresh_projection(journal_, board_, shop_->zone);
}

ImportReport Workshop::import(reports::OrderFile file, const std::string& who, bool skip_bad, bool dry_run) {
    if (!sound_) rebuild();
    if (!sound_) throw std::runtime_error("the journal cannot be read");
    ImportReport report;
    const auto [events, touched] = plan_import(
        std::move(file),
        {.board = board_, .shop = *shop_, .journal = journal_, .who = who, .now = std::max(clock_(), board_.newest)},
        report);
    const bool refused = !report.faults.empty() && !skip_bad;
    if (refused || dry_run || events.empty()) return report;
    journal_.append_projected(events, {}, project(events, board_, zone_, touched));
    ++commits_;
    storing_ = true;
    for (const Event& event : events) apply(board_, event);
    report.stored = true;
    return report;
}

void Workshop::submit(Submission submission) {
    waiting_.push_back(std::move(submission));
}

std::vector<Event> Workshop::turn() {
    const auto now = std::max(clock_(), board_.newest);
    const bool something_due = (next_due_ && *next_due_ <= now) || stamps_wait();
    if (waiting_.empty() && !something_due) return {};
    if (!sound_) rebuild();
    const auto asked = std::exchange(waiting_, {});
    Batch batch;
    if (sound_) stamp_held_verdicts(now, batch);
    const bool scrub_failed = scrub_wanted_;  // then the hourly call tries again, not every turn
    for (const auto& ask : asked) {
        const auto no = ask.barred ? ask.barred() : std::nullopt;
        auto outcome = no ? Outcome{*no} : sound_ ? decide_one(ask, now, batch) : Outcome{refusal_};
        batch.decided.push_back({std::move(outcome), ask.done});
    }
    if (sound_) mind_alerts(now, batch);
    if (!commit(batch)) {
        next_due_ = now + retry_alerts_after;
        for (auto& one : batch.decided) one.outcome = refusal_;
        batch.events.clear();
    }
    for (const auto& one : batch.decided) one.done(one.outcome);
    if (sound_) forget_old_answers(now);
    if (!scrub_failed) scrub();
    return std::move(batch.events);
}

bool Workshop::commit(const Batch& batch) {
    if (batch.events.empty() && batch.answers.empty()) return sound_;
    try {
        journal_.append_projected(batch.events, batch.answers, project(batch.events, board_, zone_, batch.imported));
        ++commits_;
        storing_ = true;
        scrub_wanted_ = scrub_wanted_ || std::ranges::any_of(batch.events, [](const Event& event) {
                            return std::holds_alternative<Erased>(event.fact);
                        });
        return true;
    } catch (const std::exception& failure) {
        refusal_ = storage_refusal(failure);
        ++failed_commits_;
        storing_ = false;
        log::error("storage_failed",
                   {{"events", batch.events.size()}, {"commands", batch.decided.size()}, {"why", failure.what()}});
        rebuild();
        return false;
    }
}

void Workshop::rebuild() {
    try {
        // What was shown last is the state of the journal, so who follows the board's trail is where the new one ends;
        // but not when a reload has broken it.
        const auto broken = board_.touched.end() - board_.seq;
        board_ = replay(journal_);
        for (std::uint64_t i = 0; broken > 0 && i <= broken; ++i) board_.touched.lose();
        predictor_.reset();
        due_watch_.reset();
        sound_ = true;
    } catch (const std::exception& failure) {
        sound_ = false;
        log::error("journal_unreadable", {{"why", failure.what()}});
    }
}

Outcome Workshop::decide_one(const Submission& ask, Instant now, Batch& batch) {
    if (ask.key.empty()) return fresh(ask, now, batch);
    const auto print = fingerprint(ask);
    if (auto first = remembered(ask, print, batch)) return *first;
    auto outcome = fresh(ask, now, batch);
    store::Answer answer{.key = ask.key, .received = now, .command = print, .reply = answer_text(outcome)};
    batch.by_key[ask.key] = answer;
    batch.answers.push_back(std::move(answer));
    return outcome;
}

std::optional<Outcome> Workshop::remembered(const Submission& ask, const std::string& print, const Batch& batch) {
    std::optional<store::Answer> first;
    if (const auto found = batch.by_key.find(ask.key); found != batch.by_key.end()) {
        first = found->second;
    } else {
        try {
            first = journal_.answer(ask.key);
        } catch (const std::exception& failure) {
            log::error("storage_failed", {{"reading", "answer"}, {"why", failure.what()}});
            return storage_refusal(failure);
        }
    }
    if (!first) return std::nullopt;
    if (first->command != print) {
        return Refused{"key-reused", "this key was used for another command; make a new key for each command", -32000};
    }
    return outcome_of(first->reply);
}

/// The board does not hold imported orders; the record does.
std::optional<ImportedOrder> Workshop::find_imported(const std::string& number, const Batch& batch) {
    if (number.empty() || board_.find(number) != nullptr) return std::nullopt;
    const auto found = batch.imported.find(number);
    return found != batch.imported.end() ? std::optional(found->second) : imported_order(journal_, number);
}

/// The earlier order that the command names came from another system.
bool Workshop::return_imported(const Command& command, const Batch& batch) {
    const std::string earlier = std::visit(
        []<class C>(const C& one) -> std::string {
            if constexpr (requires { one.return_of; }) return one.return_of.value_or("");
            return {};
        },
        command);
    return find_imported(earlier, batch).has_value();
}

Outcome Workshop::fresh(const Submission& ask, Instant now, Batch& batch) {
    Request request{.command = ask.command,
                    .who = ask.who,
                    .at = ask.at.value_or(now),
                    .received = now,
                    .cause = "c" + std::to_string(board_.seq + 1),
                    .time_in_doubt = time_in_doubt_,
                    .predictor = &predictor_};
    Decision decision;
    std::string subject;
    std::optional<ImportedOrder> imported;
    Elsewhere elsewhere;
    try {
        imported = find_imported(order_of(ask.command), batch);
        if (imported && creates(ask.command)) return number_taken(imported->job.order);
        if (imported) elsewhere.imported = imported->job;
        if (imported) elsewhere.advisor_known = knows_advisor(journal_, *shop_, ask);
        elsewhere.return_imported = return_imported(ask.command, batch);
        if (const auto* who = shop_->person(ask.who)) subject = subject_of(board_, ask.command, *who);
        decision = decide(board_, *shop_, request, elsewhere);
        add_imported(ask, decision);
    } catch (const std::exception& failure) {  // the board is untouched; the others of the turn are not to blame
        log::error("command_failed", {{"verb", ask.verb}, {"why", failure.what()}});
        return storage_refusal(failure);
    }
    if (const auto* no = std::get_if<Rejection>(&decision)) return Refused{token(no->refusal), no->sentence, -32000};
    auto& events = std::get<std::vector<Event>>(decision);
    for (const auto& event : events) {
        apply(board_, event);
        if (imported) follow(*imported, event);
    }
    if (imported) elsewhere.imported = imported->job;
    auto outcome = Outcome{answer_to(ask.command, subject, events, board_, elsewhere.imported)};
    if (imported && !events.empty()) batch.imported.insert_or_assign(imported->job.order, std::move(*imported));
    std::ranges::move(events, std::back_inserter(batch.events));
    return outcome;
}

void Workshop::mind_alerts(Instant now, Batch& batch) {
    predictor_.update(board_, *shop_, now);
    auto due_now = due_watch_.update(board_, *shop_, predictor_, now);
    const auto cause = "c" + std::to_string(board_.seq + 1);
    for (auto& [order, fact] : due_now.facts) say(order, std::move(fact), cause, now, batch);
    next_due_ = due_now.next;
}

void Workshop::say(const std::string& order, Fact fact, const std::string& cause, Instant now, Batch& batch) {
    Event event{.seq = board_.seq + 1,
                .at = now,
                .received = now,
                .who = system_person,
                .cause = cause,
                .order = order,
                .fact = std::move(fact)};
    apply(board_, event);
    batch.events.push_back(std::move(event));
}

void Workshop::stamp_held_verdicts(Instant now, Batch& batch) {
    if (!stamps_wait()) return;
    const auto orders = board_.held;
    for (const auto& order : orders) {
        const auto stamp = stamp_held(*board_.find(order), correction_);
        log::info("verdict_stamped", {{"order", order}, {"correction_seconds", stamp.correction_seconds}});
        say(order, stamp, "c" + std::to_string(board_.seq + 1), now, batch);
    }
}

void Workshop::forget_old_answers(Instant now) {
    if (now - forgot_ < sweep_every) return;
    forgot_ = now;
    try {
        journal_.forget_answers(now - store::key_life);
    } catch (const std::exception& failure) {
        log::warn("old_answers_kept", {{"why", failure.what()}});
    }
}

}  // namespace baytime::daemon
