#include "board/store/backup.hpp"

#include "board/core/alert.hpp"
#include "board/store/check.hpp"
#include "board/store/erasing.hpp"
#include "board/store/files.hpp"

#include <fmt/format.h>

#include <limits>
#include <stdexcept>
#include <system_error>
#include <vector>

namespace baytime::store {
namespace {

namespace fs = std::filesystem;

/// VACUUM INTO rather than a copy of pages: it reads every row, and the copy needs no side files.
std::uint64_t copy_rows(const std::string& from, const std::string& to, const std::stop_token& abandon) {
    SQLite::Database source = connect(from, Use::examine);  // Use::read would forbid VACUUM as well
    const Interruptible until(source, abandon);
    const std::int64_t events = source.execAndGet("SELECT count(*) FROM event").getInt64();
    SQLite::Statement copy(source, "VACUUM INTO ?");
    copy.bind(1, to);
    copy.exec();
    return static_cast<std::uint64_t>(events);
}

void throw_when(const std::stop_token& abandon) {
    if (abandon.stop_requested()) throw std::runtime_error("no backup written: it was abandoned");
}

void write_verified(const std::string& from, const std::string& unfinished, const std::stop_token& abandon) {
    std::uint64_t events = 0;
    try {
        events = copy_rows(from, unfinished, abandon);
    } catch (const SQLite::Exception& e) {
        throw_when(abandon);
        throw std::runtime_error("no backup written: " + sentence(e, unfinished));
    }
    throw_when(abandon);
    flush(unfinished);
    const Finding copy = examine(unfinished, Use::still, Depth::sums, abandon);
    throw_when(abandon);
    if (copy.condition != Condition::good)
        throw std::runtime_error(fmt::format("no backup written: the copy {} is not good: {}", unfinished, copy.why));
    if (copy.events < events)
        throw std::runtime_error(
            fmt::format("no backup written: the copy {} has {} events of {}", unfinished, copy.events, events));
}

/// A copy that was cut off may have SQLite's rollback file beside it.
void discard(const std::string& unfinished) noexcept {
    std::error_code ignored;
    for (const char* beside : {"", "-journal"}) fs::remove(unfinished + beside, ignored);
}

/// Orders whose names the journal forgot after the event `last`.
std::vector<std::string> forgotten_since(const std::string& journal, std::int64_t last, bool by_age) {
    SQLite::Database database = connect(journal, Use::read);
    SQLite::Statement rows(database,
                           "SELECT DISTINCT order_no FROM event WHERE seq > ? AND kind = 'erased' AND "
                           "(who <> ? OR ?)");
    rows.bind(1, last);
    rows.bind(2, system_person);
    rows.bind(3, by_age ? 1 : 0);
    std::vector<std::string> out;
    while (rows.executeStep()) out.push_back(rows.getColumn(0).getString());
    return out;
}

void blank(const std::string& path, const std::vector<std::string>& orders, const std::stop_token& abandon) {
    SQLite::Database database = connect(path, Use::write);
    const Interruptible until(database, abandon);
    SQLite::Transaction all_or_none(database);
    for (const auto& order : orders)
        erase(database, {.seq = std::numeric_limits<std::int64_t>::max(), .order = order, .fact = Erased{}});
    all_or_none.commit();
    scrub(database);
    database.exec("PRAGMA journal_mode=DELETE");  // a copy has no side files
}

}  // namespace

std::string damage_of(const std::string& copy, const std::stop_token& abandon) {
    try {
        const Finding found = examine(copy, Use::still, Depth::sums, abandon);
        return found.condition == Condition::damaged ? found.why : std::string();
    } catch (const std::runtime_error& unread) {
        return abandon.stop_requested() ? std::string() : unread.what();
    }
}

std::size_t write_forgetting(const std::string& journal, const std::string& copy, const std::string& to, bool by_age,
                             const std::stop_token& abandon) {
    try {
        const auto last = connect(copy, Use::still).execAndGet("SELECT coalesce(max(seq), 0) FROM event").getInt64();
        const auto orders = forgotten_since(journal, last, by_age);
        if (orders.empty()) return 0;
        remove_database(to);
        copy_durably(copy, to);
        blank(to, orders, abandon);
        throw_when(abandon);
        flush(to);
        const Finding found = examine(to, Use::still, Depth::sums, abandon);
        throw_when(abandon);
        if (found.condition != Condition::good)
            throw std::runtime_error(fmt::format("{} is not good: {}", to, found.why));
        return orders.size();
    } catch (const SQLite::Exception& e) {
        throw std::runtime_error(sentence(e, copy));
    } catch (const std::system_error& e) {
        throw std::runtime_error(e.what());
    }
}

void write_backup(const std::string& from, const std::string& to, const std::stop_token& abandon) {
    if (fs::exists(to)) throw std::runtime_error(fmt::format("no backup written: {} is there already", to));
    const std::string unfinished = to + ".unfinished";
    try {
        if (fs::path(to).has_parent_path()) fs::create_directories(fs::path(to).parent_path());
        remove_database(unfinished);
        write_verified(from, unfinished, abandon);
        move_durably(unfinished, to, false);
    } catch (const std::system_error& e) {
        discard(unfinished);
        throw std::runtime_error(fmt::format("no backup written: {}", e.what()));
    } catch (...) {
        discard(unfinished);
        throw_when(abandon);  // whatever step it was that heard of it
        throw;
    }
}

}  // namespace baytime::store
