// The text of a configuration file: how much of it is read, and how deep it may nest before a parser sees it. The
// parser, and whoever walks over its tree, goes one call deeper for each level. Knows no key.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace baytime::config {

/// Largest configuration file, in bytes. A shop of a hundred people has 20 KiB.
inline constexpr std::size_t max_file_bytes = 1024 * 1024;
/// Most names joined by dots in a key or a heading. Ours have three.
inline constexpr std::size_t max_dotted_names = 32;
/// Deepest nesting of `[` and `{`. Ours go two deep.
inline constexpr std::size_t max_brackets = 32;

/// The bytes of the file. Throws ConfigError when it cannot be read or is too large.
std::string read_source(const std::string& path);
/// Throws ConfigError with `[too-large]` or `[too-deep]` when a limit is passed. `lines` are those of `text`.
void check_source(std::string_view text, const std::string& name, const std::vector<std::string>& lines);

}  // namespace baytime::config
