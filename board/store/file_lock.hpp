// One writer for one file: a lock beside it that the kernel lets go of when its holder ends, however it ends.
#pragma once

#include <string>

namespace baytime::store {

class FileLock {
public:
    /// Locks `<path>.lock` and writes this process's id into it.
    /// Throws std::runtime_error that names the file and the process that holds it.
    explicit FileLock(const std::string& path);
    ~FileLock();
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

private:
    int descriptor_ = -1;
};

}  // namespace baytime::store
