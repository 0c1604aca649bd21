#include "board/daemon/backups.hpp"

#include "board/daemon/backup_plan.hpp"
#include "board/daemon/log.hpp"
#include "board/daemon/private_copies.hpp"
#include "board/store/backup.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <thread>
#include <vector>

namespace baytime::daemon {

namespace asio = boost::asio;
namespace fs = std::filesystem;

namespace {

CopyTime system_seconds() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

constexpr std::string_view unchecked_mark = ".unchecked";

/// In the order of their times.
std::vector<CopyTime> times_in(const std::string& directory) {
    std::vector<CopyTime> out;
    if (!fs::exists(directory)) return out;
    for (const auto& entry : fs::directory_iterator(directory)) {
        if (const auto at = copy_time(entry.path().filename().string())) out.push_back(*at);
    }
    std::ranges::sort(out);
    return out;
}

/// What runs that were cut off have left behind.
void remove_unfinished(const fs::path& directory) {
    std::vector<fs::path> left;
    for (const auto& entry : fs::directory_iterator(directory)) {
        const auto name = entry.path().filename().string();
        const auto mark = name.find(unchecked_mark);
        if (mark != name.npos && copy_time(name.substr(0, mark))) left.push_back(entry.path());
    }
    for (const auto& path : left) fs::remove(path);
}

/// The board up to the event `last`.
Board replay_up_to(const std::string& path, std::uint64_t last, const std::stop_token& abandon) {
    const auto journal = store::Journal::open_to_read(path);
    Board board;
    journal->read(0, [&](const Event& event) {
        if (event.seq > last || abandon.stop_requested()) return false;
        apply(board, event);
        return true;
    });
    return board;
}

/// Throws std::runtime_error unless the copy gives the board that the journal gave at the same event.
std::uint64_t check_replay(const std::string& journal, const std::string& copy, const std::stop_token& abandon) {
    const Board ours = replay_up_to(copy, std::numeric_limits<std::uint64_t>::max(), abandon);
    const bool same = replay_up_to(journal, ours.seq, abandon) == ours;
    if (abandon.stop_requested()) throw std::runtime_error("no backup written: it was abandoned");
    if (!same) throw std::runtime_error(fmt::format("the board of the copy {} is not that of the journal", copy));
    return ours.seq;
}

}  // namespace

Copies copies_in(const std::string& directory) {
    const auto latest = system_seconds() + name_ahead;
    Copies out;
    for (const auto at : times_in(directory)) {
        ++out.count;
        std::error_code unknown;
        if (at > latest)
            out.ahead.push_back(copy_name(at));
        else if (fs::file_size(fs::path(directory) / copy_name(at), unknown) > 0)
            out.newest = at;
    }
    return out;
}

CopyMade make_backup(const Settings& settings, const std::stop_token& abandon) {
    fs::create_directories(settings.backups);
    remove_unfinished(settings.backups);
    const auto directory = fs::path(settings.backups);
    const auto at = next_copy_time(times_in(settings.backups), system_seconds());
    if (!at) throw std::runtime_error("no backup written: too many copies were made within a minute; wait a little");
    const auto path = (directory / copy_name(*at)).string(), unchecked = path + std::string(unchecked_mark);
    CopyMade made{.path = path};
    try {
        store::write_backup(settings.journal, unchecked, abandon);
        made.events = check_replay(settings.journal, unchecked, abandon);
        made.bytes = fs::file_size(unchecked);
        fs::rename(unchecked, path);
        copy_private_files(settings);
    } catch (...) {
        std::error_code ignored;
        fs::remove(unchecked, ignored);
        throw;
    }
    auto times = times_in(settings.backups);
    std::erase_if(times, [&](CopyTime one) { return one > system_seconds() + name_ahead; });  // these push out none
    for (const auto gone : surplus(times, settings.backup, settings.shop.zone)) fs::remove(directory / copy_name(gone));
    return made;
}

Forgotten forget_in_copies(const Settings& settings, const std::stop_token& abandon) {
    Forgotten out;
    if (settings.erased_copies == ErasedCopies::never) return out;
    for (const auto at : times_in(settings.backups)) {
        const auto path = (fs::path(settings.backups) / copy_name(at)).string(),
                   unchecked = path + std::string(unchecked_mark);
        const bool by_age = settings.erased_copies == ErasedCopies::always;
        try {
            if (store::write_forgetting(settings.journal, path, unchecked, by_age, abandon) == 0) continue;
            check_replay(settings.journal, unchecked, abandon);
            fs::rename(unchecked, path);
            ++out.changed;
        } catch (const std::exception& failed) {
            std::error_code ignored;
            fs::remove(unchecked, ignored);
            if (abandon.stop_requested()) throw;
            out.failed.push_back({.copy = path, .why = failed.what()});
        }
    }
    return out;
}

CopyLook look_again(const Settings& settings, const std::string& last, const std::stop_token& abandon) {
    auto times = times_in(settings.backups);
    if (!times.empty()) times.pop_back();  // just made, and checked
    if (times.empty()) return {};
    std::ranges::reverse(times);
    auto next = std::ranges::find_if(times, [&last](CopyTime at) { return copy_name(at) < last; });
    if (next == times.end()) next = times.begin();
    CopyLook out{.name = copy_name(*next), .doubt = {}};
    const auto path = (fs::path(settings.backups) / out.name).string();
    if (auto why = store::damage_of(path, abandon); !why.empty())
        out.doubt = CopyDoubt{.copy = path, .why = std::move(why)};
    return out;
}

/// What the second thread has done.
struct Run {
    CopyMade made;
    Forgotten forgotten;
    CopyLook look;
    std::string failure;
};

struct Backups::State : std::enable_shared_from_this<State> {
    State(asio::io_context& loop, House& the_house) : io(loop), house(the_house), timer(loop) {}

    void arm(Steady::duration wait) {
        timer.expires_after(wait);
        timer.async_wait([weak = weak_from_this()](const boost::system::error_code& cancelled) {
            const auto self = weak.lock();
            if (cancelled || !self) return;
            self->make_when_due();
            self->arm(backup_check_every);
        });
    }

    void make_when_due() {
        const auto& settings = *house.settings;
        const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
        const auto newest = copies().newest;
        const auto events = house.workshop.board().seq;
        const bool daily_done = newest && *newest >= last_due(settings.backup, settings.shop.zone, now);
        const bool grown = newest && events > made.events && now - *newest >= growth_copy_every;
        if (events == 0 || (daily_done && !grown && !names_wait)) return;
        make();
    }

    /// Which copies lie there; when the directory cannot be read (no descriptor left, a disk that is away), those that
    /// lay there at the last look.
    const Copies& copies() {
        try {
            seen = copies_in(house.settings->backups);
        } catch (const fs::filesystem_error& unread) {
            log::debug("backups_unread", {{"why", unread.what()}});
        }
        return seen;
    }

    /// Nothing when there is none, or when the journal cannot be read now.
    std::optional<Instant> oldest_event() {
        if (oldest) return oldest;
        try {
            house.workshop.journal().read(0, [this](const Event& event) {
                oldest = event.at;
                return false;
            });
        } catch (const std::exception& unread) {
            log::debug("journal_unread", {{"why", unread.what()}});
        }
        return oldest;
    }

    /// False when a copy is under way, or the daemon stops.
    bool make() {
        if (running || abandon.stop_requested()) return false;
        if (house.journal_gone && house.journal_gone()) {  // what lies at its path is not the record
            failure = "the journal's file was deleted, moved or replaced; save the record: baytime backup FILE";
            return false;
        }
        if (thread.joinable()) thread.join();
        running = true;
        names_wait = false;
        ++number;
        // The copy is made over a connection of its own; the settings are a copy that nobody changes.
        thread = std::thread(
            [self = shared_from_this(), settings = house.settings, last = looked, token = abandon.get_token()] {
                Run run;
                try {
                    run.made = make_backup(*settings, token);
                    run.forgotten = forget_in_copies(*settings, token);
                    run.look = look_again(*settings, last, token);
                } catch (const std::exception& failed) {
                    run.failure = failed.what();
                }
                asio::post(self->io, [self, run] { self->finished(run); });
            });
        return true;
    }

    void finished(const Run& run) {
        running = false;
        failure = run.failure;
        if (!failure.empty()) {
            names_wait = true;  // in doubt: the next look tries again
            return log::error("backup_failed", {{"why", failure}});
        }
        made = run.made;
        damaged = run.forgotten.failed;
        log::info("backup", {{"path", made.path}, {"events", made.events}, {"bytes", made.bytes}});
        copies();
        if (run.forgotten.changed > 0) log::info("names_erased_in_copies", {{"copies", run.forgotten.changed}});
        looked = run.look.name;
        std::erase_if(rotten, [this](const CopyDoubt& one) { return fs::path(one.copy).filename() == looked; });
        if (run.look.doubt) {
            rotten.push_back(*run.look.doubt);
            log::warn("copy_damaged", {{"copy", rotten.back().copy}, {"why", rotten.back().why}});
        }
        for (const auto& one : damaged) log::warn("copy_not_rewritten", {{"copy", one.copy}, {"why", one.why}});
        if (names_wait) make();
    }

    asio::io_context& io;
    House& house;
    asio::steady_timer timer;
    std::thread thread;
    const Steady::time_point started = Steady::now();
    bool running = false;
    bool names_wait = false;  ///< older copies may hold names that were forgotten
    std::uint64_t number = 0;
    std::string failure;
    CopyMade made;
    std::vector<CopyDoubt> damaged;  ///< found so when the newest copy was made
    std::vector<CopyDoubt> rotten;   ///< found so when their turn to be looked at came
    std::string looked;              ///< the name of the copy that was looked at last
    Copies seen;
    std::optional<Instant> oldest;  ///< once it was read
    std::stop_source abandon;
};

Backups::Backups(asio::io_context& io, House& house) : state_(std::make_shared<State>(io, house)) {}

Backups::~Backups() {
    abandon();
    if (state_->thread.joinable()) state_->thread.join();
}

void Backups::abandon() {
    state_->timer.cancel();
    if (state_->abandon.request_stop() && state_->running)
        log::info("backup_abandoned", {{"meaning", "the daemon stops"}});
}

void Backups::begin() {
    state_->arm(first_backup_check);
}

void Backups::follow(std::span<const Event> events) {
    const bool asked = std::ranges::any_of(events, [](const Event& event) {
        return std::holds_alternative<Erased>(event.fact) && event.who != system_person;  // by age it is no hurry
    });
    if (!asked || state_->house.settings->erased_copies == ErasedCopies::never) return;
    state_->names_wait = true;
    state_->make();
}

Outcome Backups::answer(const protocol::Query& query) {
    if (!query.parameters.contains("status")) state_->make();
    const auto& self = *state_;
    protocol::Result result;
    auto& members = result.members;
    members["state"] = self.running ? "running" : !self.failure.empty() ? "failed" : self.number > 0 ? "done" : "none";
    members["number"] = self.number;
    if (!self.running && !self.failure.empty()) members["why"] = self.failure;
    if (!self.running && self.failure.empty() && self.number > 0) {
        members["path"] = self.made.path;
        members["events"] = self.made.events;
        members["bytes"] = self.made.bytes;
        if (!self.damaged.empty()) members["damaged"] = self.damaged.front().copy + ": " + self.damaged.front().why;
    }
    return result;
}

std::chrono::seconds Backups::age() const {
    using std::chrono::seconds;
    const auto& house = state_->house;
    if (const auto newest = state_->copies().newest) return std::max(system_seconds() - *newest, seconds{0});
    if (!house.clock.real()) return std::chrono::duration_cast<seconds>(Steady::now() - state_->started);
    const auto now = house.clock.now();
    return std::chrono::duration_cast<seconds>(now - std::min(now, state_->oldest_event().value_or(now)));
}

std::vector<CopyDoubt> Backups::doubts() const {
    std::vector<CopyDoubt> out;
    const auto add = [&out](const CopyDoubt& one) {
        std::error_code unknown;
        const bool known = std::ranges::find(out, one.copy, &CopyDoubt::copy) != out.end();
        if (!known && fs::exists(one.copy, unknown)) out.push_back(one);
    };
    std::ranges::for_each(state_->damaged, add);
    std::ranges::for_each(state_->rotten, add);
    for (const auto& name : state_->copies().ahead)
        out.push_back({.copy = (fs::path(state_->house.settings->backups) / name).string(),
                       .why = "its name is later than the computer's time"});
    return out;
}

const std::string& Backups::failure() const {
    return state_->failure;
}

protocol::json::object Backups::health() const {
    const auto& copies = state_->copies();
    protocol::json::object out{{"backups", copies.count}};
    if (copies.newest) out["backup_newest"] = protocol::iso_utc(*copies.newest);
    out["backup_age_seconds"] = age().count();
    if (!state_->failure.empty()) out["backup_failed"] = state_->failure;
    return out;
}

}  // namespace baytime::daemon
