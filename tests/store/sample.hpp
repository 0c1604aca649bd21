// Events to store in tests, and a spelling of an event in which two can be compared.
#pragma once

#include "board/store/journal.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace baytime::support {

/// One fact of every kind, with every member away from its default.
std::vector<Fact> every_fact();
/// Event `seq` of an endless, always equal row of events.
Event sample_event(std::uint64_t seq);
/// Events `first` to `last`.
std::vector<Event> sample_events(std::uint64_t first, std::uint64_t last);

/// Everything about an event in one line.
std::string line(const Event& event);
std::vector<std::string> lines(const std::vector<Event>& events);
/// The whole journal in lines.
std::vector<std::string> lines(store::Journal& journal);

std::string bytes_of(const std::filesystem::path& path);
void write_bytes(const std::filesystem::path& path, const std::string& bytes);
/// Names of the files in a directory, sorted.
std::vector<std::string> names_in(const std::filesystem::path& directory);
/// Runs SQL on a file, as a person with sqlite3 would.
void by_hand(const std::filesystem::path& path, const std::string& sql);

/// What `work` threw, or an empty text.
template <class Work>
std::string error_of(const Work& work) {
    try {
        work();
    } catch (const std::runtime_error& e) {
        return e.what();
    }
    return {};
}

}  // namespace baytime::support
