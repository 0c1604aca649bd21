// baytime watch: every push on a line of its own.
#include "board/cli/arguments.hpp"
#include "board/cli/feed.hpp"
#include "board/cli/loops.hpp"
#include "board/cli/signals.hpp"
#include "board/cli/text.hpp"

#include <cstdio>

namespace baytime::cli {
namespace {

constexpr std::chrono::milliseconds look_around{1000};

std::string text_of(const json::object& from, std::string_view key) {
    const auto* found = from.if_contains(key);
    if (found == nullptr) return {};
    return found->is_string() ? std::string(found->get_string()) : json::serialize(*found);
}

// `10:31:05 R1023 started by 101 {"technician":"101","bay":"3"}`
std::string event_line(const json::object& event, const Offset& offset) {
    const auto at = protocol::from_iso(text_of(event, "at"));
    const std::string clock = at ? local_clock(*at, offset, true) : text_of(event, "at");
    return clock + " " + text_of(event, "order") + " " + text_of(event, "fact") + " by " + text_of(event, "who") + " " +
           text_of(event, "data");
}

std::string line_of(const json::object& params, const Offset& offset) {
    const std::string kind = text_of(params, "kind");
    const auto* data = params.if_contains("data");
    if (kind == "event" && data != nullptr && data->is_object()) return event_line(data->get_object(), offset);
    std::string out = text_of(params, "view") + " " + kind + " seq=" + text_of(params, "seq");
    if (data != nullptr && !data->is_null()) out += " " + json::serialize(*data);
    return out;
}

void print(const std::string& line) {
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

}  // namespace

int run_watch(const Settings& settings) {
    const Asked asked = read_arguments(settings.words);
    const std::string view(asked.parameters.at("view").as_string());
    const Feed* told = nullptr;
    Feed feed(settings, {view}, [&](const json::object& params) {
        print(settings.json ? harmless_json(json::serialize(params)) : harmless(line_of(params, told->offset())));
    });
    told = &feed;
    if (const auto* since = asked.parameters.if_contains("since")) {
        if (since->is_int64()) feed.begin_since(view, static_cast<std::uint64_t>(since->get_int64()));
    }
    catch_signals();
    bool was_connected = true;
    while (!asked_to_stop() && std::ferror(stdout) == 0) {
        feed.turn(look_around, -1);
        if (feed.connected() == was_connected) continue;
        was_connected = feed.connected();
        const std::string note = was_connected ? "connected again" : feed.trouble() + "; trying again";
        std::fprintf(stderr, "baytime: %s\n", harmless(note).c_str());
    }
    return done;
}

}  // namespace baytime::cli
