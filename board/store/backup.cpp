#include "board/store/backup.hpp"

#include "board/store/check.hpp"
#include "board/store/files.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace baytime::store {
namespace {

namespace fs = std::filesystem;

/// VACUUM INTO rather than a copy of pages: it reads every row, and the copy needs no side files.
std::uint64_t copy_rows(const std::string& from, const std::string& to) {
    SQLite::Database source = connect(from, Use::examine);  // Use::read would forbid VACUUM as well
    const std::int64_t events = source.execAndGet("SELECT count(*) FROM event").getInt64();
    SQLite::Statement copy(source, "VACUUM INTO ?");
    copy.bind(1, to);
    copy.exec();
    return static_cast<std::uint64_t>(events);
}

void write_verified(const std::string& from, const std::string& unfinished) {
    std::uint64_t events = 0;
    try {
        events = copy_rows(from, unfinished);
    } catch (const SQLite::Exception& e) {
        throw std::runtime_error("no backup written: " + sentence(e, unfinished));
    }
    flush(unfinished);
    const Finding copy = examine(unfinished, Use::still);
    if (copy.condition != Condition::good)
        throw std::runtime_error(fmt::format("no backup written: the copy {} is not good: {}", unfinished, copy.why));
    if (copy.events < events)
        throw std::runtime_error(
            fmt::format("no backup written: the copy {} has {} events of {}", unfinished, copy.events, events));
}

}  // namespace

void write_backup(const std::string& from, const std::string& to) {
    if (fs::exists(to)) throw std::runtime_error(fmt::format("no backup written: {} is there already", to));
    const std::string unfinished = to + ".unfinished";
    try {
        if (fs::path(to).has_parent_path()) fs::create_directories(fs::path(to).parent_path());
        remove_database(unfinished);
        write_verified(from, unfinished);
        move_durably(unfinished, to, false);
    } catch (const std::system_error& e) {
        std::error_code ignored;
        fs::remove(unfinished, ignored);
        throw std::runtime_error(fmt::format("no backup written: {}", e.what()));
    } catch (...) {
        std::error_code ignored;
        fs::remove(unfinished, ignored);
        throw;
    }
}

}  // namespace baytime::store
