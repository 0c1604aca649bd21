#include "tests/store/recording_vfs.hpp"

#include <sqlite3.h>

#include <cstring>
#include <filesystem>
#include <new>
#include <utility>

namespace baytime::support {

namespace {

std::vector<DiskStep> recorded;
sqlite3_vfs* real = nullptr;
sqlite3_vfs layer{};
DiskFault planned;
std::size_t calls_made = 0;

/// What the next call shall fail with, or SQLITE_OK.
int fault(bool changes) {
    ++calls_made;
    if (planned.first == 0 || calls_made < planned.first) return SQLITE_OK;
    if (!planned.lasting && calls_made > planned.first) return SQLITE_OK;
    return changes || !planned.only_changes ? planned.code : SQLITE_OK;
}

/// A file without a name is a temporary one: nothing of it is there after a power cut.
void record(const std::string& file, DiskStep step) {
    if (file.empty()) return;
    step.file = file;
    recorded.push_back(std::move(step));
}

/// SQLite gives room for this and, behind it, for the real file.
struct LayerFile {
    sqlite3_file base;
    std::string* name;
    sqlite3_file* below() { return reinterpret_cast<sqlite3_file*>(this + 1); }
    static LayerFile& of(sqlite3_file* file) { return *reinterpret_cast<LayerFile*>(file); }
};

sqlite3_file* below(sqlite3_file* file) {
    return LayerFile::of(file).below();
}

int close(sqlite3_file* file) {
    delete LayerFile::of(file).name;
    return below(file)->pMethods->xClose(below(file));
}
int read(sqlite3_file* file, void* to, int count, sqlite3_int64 at) {
    if (const int code = fault(false)) return code;
    return below(file)->pMethods->xRead(below(file), to, count, at);
}
/// A write that fails has reached the disk by half.
int write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 at) {
    if (const int code = fault(true)) {
        below(file)->pMethods->xWrite(below(file), bytes, count / 2, at);
        return code;
    }
    record(*LayerFile::of(file).name,
           {.kind = DiskStep::Kind::write,
            .at = at,
            .bytes = std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(count))});
    return below(file)->pMethods->xWrite(below(file), bytes, count, at);
}
int truncate(sqlite3_file* file, sqlite3_int64 size) {
    if (const int code = fault(true)) return code;
    record(*LayerFile::of(file).name, {.kind = DiskStep::Kind::truncate, .at = size});
    return below(file)->pMethods->xTruncate(below(file), size);
}
int size_of(sqlite3_file* file, sqlite3_int64* size) {
    if (const int code = fault(false)) return code;
    return below(file)->pMethods->xFileSize(below(file), size);
}
int map_shared(sqlite3_file* file, int page, int size, int extend, void volatile** to) {
    if (const int code = fault(false)) return code;
    return below(file)->pMethods->xShmMap(below(file), page, size, extend, to);
}
int sync(sqlite3_file* file, int flags) {
    if (const int code = fault(true)) return code;
    record(*LayerFile::of(file).name, {.kind = DiskStep::Kind::sync});
    return below(file)->pMethods->xSync(below(file), flags);
}
int remove(sqlite3_vfs*, const char* path, int flush_directory) {
    if (const int code = fault(true)) return code;
    record(std::filesystem::path(path).filename(), {.kind = DiskStep::Kind::remove});
    return real->xDelete(real, path, flush_directory);
}

/// The other methods are passed on as they are.
template <auto method, class... Args>
auto pass(sqlite3_file* file, Args... args) {
    return (below(file)->pMethods->*method)(below(file), args...);
}

const sqlite3_io_methods methods{
    .iVersion = 2,  // without memory-mapped pages, which would bypass the layer
    .xClose = close,
    .xRead = read,
    .xWrite = write,
    .xTruncate = truncate,
    .xSync = sync,
    .xFileSize = size_of,
    .xLock = [](sqlite3_file* f, int level) { return pass<&sqlite3_io_methods::xLock>(f, level); },
    .xUnlock = [](sqlite3_file* f, int level) { return pass<&sqlite3_io_methods::xUnlock>(f, level); },
    .xCheckReservedLock = [](sqlite3_file* f,
                             int* out) { return pass<&sqlite3_io_methods::xCheckReservedLock>(f, out); },
    .xFileControl = [](sqlite3_file* f, int what,
                       void* with) { return pass<&sqlite3_io_methods::xFileControl>(f, what, with); },
    .xSectorSize = [](sqlite3_file* f) { return pass<&sqlite3_io_methods::xSectorSize>(f); },
    .xDeviceCharacteristics = [](sqlite3_file* f) { return pass<&sqlite3_io_methods::xDeviceCharacteristics>(f); },
    .xShmMap = map_shared,
    .xShmLock = [](sqlite3_file* f, int at, int count,
                   int flags) { return pass<&sqlite3_io_methods::xShmLock>(f, at, count, flags); },
    .xShmBarrier = [](sqlite3_file* f) { pass<&sqlite3_io_methods::xShmBarrier>(f); },
    .xShmUnmap = [](sqlite3_file* f, int remove_it) { return pass<&sqlite3_io_methods::xShmUnmap>(f, remove_it); },
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int open(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* given) {
    auto& mine = LayerFile::of(file);
    mine.base.pMethods = nullptr;
    if (const int code = fault(false)) return code == SQLITE_IOERR ? SQLITE_CANTOPEN : code;
    const int result = real->xOpen(real, path, mine.below(), flags, given);
    if (result != SQLITE_OK) return result;
    mine.name = new std::string(path == nullptr ? "" : std::filesystem::path(path).filename().string());
    mine.base.pMethods = &methods;
    return SQLITE_OK;
}

}  // namespace

RecordingVfs::RecordingVfs() {
    recorded.clear();
    fail({});
    real = ::sqlite3_vfs_find(nullptr);
    layer = *real;
    layer.zName = "recording";
    layer.szOsFile = real->szOsFile + static_cast<int>(sizeof(LayerFile));
    layer.pNext = nullptr;
    layer.xOpen = open;
    layer.xDelete = remove;
    ::sqlite3_vfs_register(&layer, 1);
}

RecordingVfs::~RecordingVfs() {
    ::sqlite3_vfs_unregister(&layer);
    ::sqlite3_vfs_register(real, 1);
}

const std::vector<DiskStep>& RecordingVfs::steps() const {
    return recorded;
}

std::size_t RecordingVfs::calls() const {
    return calls_made;
}

void RecordingVfs::fail(const DiskFault& fault) {
    planned = fault;
    calls_made = 0;
}

void PulledDisk::put(Files& files, const DiskStep& step) {
    if (step.kind == DiskStep::Kind::remove) {
        files.erase(step.file);
        return;
    }
    std::string& content = files[step.file];
    const auto at = static_cast<std::size_t>(step.at);
    if (step.kind == DiskStep::Kind::truncate) content.resize(at);
    if (step.kind != DiskStep::Kind::write) return;
    if (content.size() < at + step.bytes.size()) content.resize(at + step.bytes.size());
    content.replace(at, step.bytes.size(), step.bytes);
}

void PulledDisk::take(const DiskStep& step) {
    if (step.kind != DiskStep::Kind::sync) {
        unflushed_[step.file].push_back(step);
        return;
    }
    for (const DiskStep& done : unflushed_[step.file]) put(flushed_, done);
    unflushed_.erase(step.file);
}

PulledDisk::Files PulledDisk::after_power_cut(Unflushed fate, std::mt19937& random) const {
    constexpr std::size_t sector = 512;
    Files out = flushed_;
    if (fate == Unflushed::lost) return out;
    for (const auto& [file, steps] : unflushed_) {
        for (const DiskStep& step : steps) {
            if (fate == Unflushed::kept) {
                put(out, step);
            } else if (step.kind != DiskStep::Kind::write) {
                if (random() % 2 == 0) put(out, step);
            } else {
                for (std::size_t from = 0; from < step.bytes.size(); from += sector) {
                    if (random() % 2 != 0) continue;
                    put(out, {.kind = step.kind,
                              .file = step.file,
                              .at = step.at + static_cast<std::int64_t>(from),
                              .bytes = step.bytes.substr(from, sector)});
                }
            }
        }
    }
    return out;
}

}  // namespace baytime::support
