// Whether the journal's file is still where it was opened. A file that was deleted, moved or replaced, or whose disk
// was taken away, takes every change as ever, and all of it is lost at the next start.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <utility>

namespace baytime::daemon {

class JournalWatch {
public:
    /// The journal at `path` has just been opened.
    explicit JournalWatch(std::string path);
    /// Looks. Said once in the log as long as it stays so.
    bool gone();
    const std::string& path() const { return path_; }

private:
    std::string path_;
    std::optional<std::pair<dev_t, ino_t>> file_;
    bool told_ = false;
};

}  // namespace baytime::daemon
