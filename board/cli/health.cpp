// baytime health: how the daemon is, for people and for monitoring.
#include "board/cli/connection.hpp"
#include "board/cli/health_text.hpp"
#include "board/cli/health_words.hpp"
#include "board/cli/loops.hpp"
#include "board/cli/refusal_text.hpp"
#include "board/cli/text.hpp"
#include "board/client/known_hosts.hpp"
#include "protocol/metrics.hpp"

#include <iostream>

namespace baytime::cli {
namespace {

Offset offset_in(const json::object& health) {
    const auto* minutes = health.if_contains("offset_minutes");
    return Offset(minutes != nullptr && minutes->is_number() ? minutes->to_number<int>() : 0);
}

int exit_code_of(const json::object& health) {
    const auto* level = health.if_contains("level");
    if (level == nullptr || !level->is_string()) return health_unknown;
    return level->get_string() == "ok" ? 0 : level->get_string() == "warning" ? 1 : 2;
}

std::string unknown_text(const Settings& settings, const Trouble& trouble) {
    if (!settings.chinese) return trouble.what();
    // No person is asked for here: it is the device that must say who it is.
    if (trouble.token == "who-are-you") return "请先用 --token-file 给出这台设备的令牌";
    return meaning_of(trouble.token).value_or("问不到后台程序的状况") + "（" +
           client::host_name(settings.host, settings.port) + "，" + reason_in_chinese(trouble.what(), "未得到应答") +
           "）";
}

}  // namespace

int run_health(const Settings& settings) {
    if (settings.words.size() > 1) throw Trouble(usage, "unknown-parameter", "usage: baytime health [--prometheus]");
    try {
        const json::object health = call_once(settings, "health", {}, false);
        if (settings.prometheus) {
            std::cout << protocol::metrics_text(health);
        } else if (settings.json) {
            std::cout << harmless_json(json::serialize(health)) << "\n";
        } else {
            std::cout << health_text(health, {.chinese = settings.chinese, .offset = offset_in(health)});
        }
        return exit_code_of(health);
    } catch (const Trouble& trouble) {
        // Monitoring reads the first line of standard output.
        std::cout << "UNKNOWN - " << harmless(unknown_text(settings, trouble)) << " [" << harmless(trouble.token)
                  << "]\n";
        return health_unknown;
    }
}

}  // namespace baytime::cli
