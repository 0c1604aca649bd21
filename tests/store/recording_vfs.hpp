// A layer under SQLite that works like the real one and writes down every step that reaches the disk, so that a test
// can build what a power cut after any of them would leave; on demand, a call fails instead of being done. Built on
// SQLite's VFS interface (sqlite.org/vfs.html).
#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace baytime::support {

struct DiskStep {
    enum class Kind { write, truncate, sync, remove } kind = Kind::write;
    std::string file{};   ///< its name without the directory
    std::int64_t at = 0;  ///< write: offset; truncate: the new size
    std::string bytes{};
};

/// Which calls fail, and with what.
struct DiskFault {
    std::size_t first = 0;      ///< the number of the first call that fails, counted from 1; 0 for none
    bool lasting = false;       ///< all later ones too, until the fault is taken away
    bool only_changes = false;  ///< only what takes room or changes a file: a full or a read-only disk
    int code = 0;               ///< SQLite's result code, for example SQLITE_IOERR
};

/// Everything SQLite does on this thread's process goes through the layer while one lives. One at a time.
class RecordingVfs {
public:
    RecordingVfs();
    ~RecordingVfs();
    RecordingVfs(const RecordingVfs&) = delete;
    RecordingVfs& operator=(const RecordingVfs&) = delete;
    const std::vector<DiskStep>& steps() const;
    /// Opening, reading, writing, flushing, sizing and removing of files so far.
    std::size_t calls() const;
    /// Counts calls anew.
    void fail(const DiskFault& fault);
};

/// What becomes of steps that were not followed by a flush of their file.
enum class Unflushed { lost, kept, torn };

/// A disk that takes steps one by one, and what is left of it when the power goes.
class PulledDisk {
public:
    using Files = std::map<std::string, std::string>;
    explicit PulledDisk(Files files) : flushed_(std::move(files)) {}
    void take(const DiskStep& step);
    /// `torn`: any of the unflushed steps may have reached the disk, a write also in part, sector by sector.
    Files after_power_cut(Unflushed fate, std::mt19937& random) const;

private:
    static void put(Files& files, const DiskStep& step);

    Files flushed_;
    std::map<std::string, std::vector<DiskStep>> unflushed_;
};

}  // namespace baytime::support
