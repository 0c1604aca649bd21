#include "board/daemon/journal_watch.hpp"

#include "board/daemon/log.hpp"

#include <sys/stat.h>

namespace baytime::daemon {

namespace {

std::optional<std::pair<dev_t, ino_t>> file_at(const std::string& path) {
    struct stat about {};
    if (::stat(path.c_str(), &about) != 0) return std::nullopt;
    return std::pair(about.st_dev, about.st_ino);
}

}  // namespace

JournalWatch::JournalWatch(std::string path) : path_(std::move(path)), file_(file_at(path_)) {}

bool JournalWatch::gone() {
    const bool gone = file_at(path_) != file_;
    if (gone && !told_)
        log::error("journal_gone", {{"path", path_},
                                    {"meaning",
                                     "the file was deleted, moved or replaced, or its disk is away; do not restart: "
                                     "first baytime backup FILE, then stop the daemon and baytime restore FILE"}});
    told_ = gone;
    return gone;
}

}  // namespace baytime::daemon
