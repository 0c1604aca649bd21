// What passed on the way to a sign, as lines of a file: `+0.512 > 00 00 01`, `+1.020 < 06`, `+1.020 # opened`.
#pragma once

#include "display-drivers/signs/driver.hpp"

#include <chrono>
#include <istream>
#include <string>
#include <vector>

namespace baytime::cli {

struct RecordEntry {
    enum class Kind { sent, received, note };
    std::chrono::milliseconds after{};  ///< since the first entry
    Kind kind = Kind::note;
    signs::Bytes bytes{};
    std::string note{};
    bool operator==(const RecordEntry&) const = default;
};

std::string record_line(const RecordEntry& entry);
/// Throws Trouble{usage} that names the line that is none.
std::vector<RecordEntry> read_record(std::istream& in);

}  // namespace baytime::cli
