#include "board/daemon/rescue_copy.hpp"

#include "board/daemon/backup_plan.hpp"
#include "board/store/backup.hpp"
#include "board/store/files.hpp"

#include <stdexcept>

namespace baytime::daemon {

namespace fs = std::filesystem;

namespace {

/// Events that one commit of the copy holds.
constexpr std::size_t events_at_once = 1000;

void remove_all_of(const std::string& path) {
    store::remove_database(path);
    fs::remove(path + ".lock");
}

void write_events(store::Journal& from, store::Journal& to) {
    std::vector<Event> some;
    const auto store_them = [&some, &to] {
        if (!some.empty()) to.append(some, {});
        some.clear();
    };
    from.read(0, [&](const Event& event) {
        some.push_back(event);
        if (some.size() >= events_at_once) store_them();
        return true;
    });
    store_them();
}

}  // namespace

CopyMade write_rescue_copy(store::Journal& journal, const Settings& settings) {
    const auto directory = fs::path(settings.backups);
    fs::create_directories(directory);
    auto at = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    while (fs::exists(directory / copy_name(at))) at += std::chrono::seconds{1};
    CopyMade made{.path = (directory / copy_name(at)).string()};
    // Names that the next copy removes when this one is cut off.
    const auto unchecked = made.path + ".unchecked", written = unchecked + ".written";
    try {
        remove_all_of(written);
        store::remove_database(unchecked);
        write_events(journal, *store::Journal::open(written, settings.backups));
        const Board copy = replay(*store::Journal::open_to_read(written));
        if (copy != replay(journal)) throw std::runtime_error("the board of the copy is not that of the journal");
        store::write_backup(written, unchecked);
        store::move_durably(unchecked, made.path, false);
        made.events = copy.seq;
        made.bytes = fs::file_size(made.path);
    } catch (...) {
        remove_all_of(written);
        throw;
    }
    remove_all_of(written);
    return made;
}

}  // namespace baytime::daemon
