// Room for the write-ahead log, taken before the events need it.
#pragma once

#include <string>

namespace baytime::store {

/// Makes the write-ahead log of the open journal `path` as long as it ever becomes before SQLite copies it back and
/// begins at its front again (checkpoint_pages). So a commit overwrites blocks that the file has, which costs a disk
/// half of what making the file longer costs. What is added are zeros behind the log's end, where SQLite never looks
/// (its file format, section 4: a log ends at the first frame with a wrong checksum). To be called by the thread that
/// writes the journal. Never throws: without room the log stays as it is, and grows as it is used.
void lay_out_log(const std::string& path);

/// Whether anything was written to the log beside `path`: false where there is none, or nothing but the zeros of its
/// layout.
bool log_holds_something(const std::string& path);

}  // namespace baytime::store
