// The text that Prometheus reads.
#include "protocol/metrics.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <sstream>

using namespace baytime::protocol;

namespace {

json::object sample() {
    return {{"level", "warning"},
            {"product", "baytimed/1.0"},
            {"uptime_seconds", 12},
            {"seq", 34},
            {"clock", "trusted"},
            {"clock_synchronised", true},
            {"config", "good"},
            {"signs", json::array{{{"sign", "bay-\"1\"\\\n"}, {"up_to_date", false}, {"pages", 7}}}},
            {"bays", json::array{{{"bay", "1"}, {"last_event", "2026-11-21T01:00:00Z"}}, {{"bay", "2"}}}},
            {"problems", json::array{{{"problem", "backup-old"}, {"level", "warning"}, {"detail", "40 h"}}}}};
}

bool has_line(const std::string& text, const std::string& line) {
    return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

}  // namespace

TEST_CASE("figures become metrics with help and type, yes and no become 1 and 0, times seconds", "[metrics]") {
    const auto text = metrics_text(sample());
    for (const auto* line :
         {"# TYPE baytime_uptime_seconds gauge", "baytime_uptime_seconds 12", "# TYPE baytime_events_total counter",
          "baytime_events_total 34", "baytime_health_level 1", "baytime_clock_trusted 1",
          "baytime_clock_synchronised 1", "baytime_build_info{version=\"baytimed/1.0\"} 1",
          "baytime_bay_last_event_timestamp_seconds{bay=\"1\"} 1795222800",
          "baytime_problem{problem=\"backup-old\",level=\"warning\",about=\"\"} 1"}) {
        CAPTURE(line);
        CHECK(has_line(text, line));
    }
    CHECK(text.find("bay=\"2\"") == std::string::npos);  // nothing has happened there yet
    CHECK(text.find("baytime_backups") == std::string::npos);
    CHECK(text.ends_with("\n"));
}

TEST_CASE("labels escape backslash, quote and newline", "[metrics]") {
    CHECK(label_value("a\\b\"c\nd") == "a\\\\b\\\"c\\nd");
    CHECK(has_line(metrics_text(sample()), "baytime_sign_up_to_date{sign=\"bay-\\\"1\\\"\\\\\\n\"} 0"));
}

TEST_CASE("every metric has one help, one type and the product's name, and counters end in total", "[metrics]") {
    std::istringstream lines(metrics_text(sample()));
    std::set<std::string> seen;
    for (std::string hash, what, name, rest; lines >> hash;) {
        if (hash != "#") {
            std::getline(lines, rest);
            CHECK(hash.starts_with("baytime_"));
            CHECK(seen.contains(hash.substr(0, hash.find('{'))));
            continue;
        }
        lines >> what >> name;
        std::getline(lines, rest);
        if (what == "HELP") CHECK(seen.insert(name).second);
        if (what == "TYPE") CHECK((rest == " counter") == name.ends_with("_total"));
    }
}
