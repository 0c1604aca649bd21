// The least a durable write can cost: 4 KiB over bytes that are there already, and fdatasync.
#pragma once

#include <cstdint>
#include <string>

namespace baytime::bench {

/// A disk whose median flush takes longer than this is in its slow mood: then every server waits for the same flush,
/// and ratios say nothing.
inline constexpr double slow_flush_us = 1000;

class RawDisk {
public:
    /// Makes the file at its full length. Throws std::runtime_error.
    explicit RawDisk(const std::string& path);
    ~RawDisk();
    RawDisk(const RawDisk&) = delete;
    RawDisk& operator=(const RawDisk&) = delete;
    /// Overwrites the next block and flushes; how long that took, in microseconds. Throws std::runtime_error.
    double overwrite();

private:
    int file_;
    std::int64_t turn_ = 0;
    std::string block_;
};

}  // namespace baytime::bench
