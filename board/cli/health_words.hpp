// What `health` says, in Chinese: names of members, states, and the reasons that the daemon gives in English. The texts
// stand in assets/lang/health.zh-CN.json. Pure.
#pragma once

#include <string>
#include <string_view>

namespace baytime::cli {

/// That file, as CMake embeds it.
std::string_view embedded_health_words();

/// The name of a member or column; as the protocol has it when the file does not know it.
std::string label_in_chinese(std::string_view name);
/// A state such as `trusted`; itself when the file does not know it.
std::string word_in_chinese(std::string_view state);
/// A figure (`36 h`) or a reason: what the file knows of the sentence, and the path that stands in it; `otherwise` for
/// a sentence of which it knows nothing.
std::string reason_in_chinese(std::string_view english, std::string_view otherwise = "详情见运行日志");

}  // namespace baytime::cli
