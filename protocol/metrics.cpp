#include "protocol/metrics.hpp"

#include <array>
#include <initializer_list>
#include <optional>
#include <utility>

namespace baytime::protocol {
namespace {

/// A figure that stands in `health` under its own name. Yes and no become 1 and 0, times seconds since 1970.
struct Figure {
    std::string_view member, metric, type, help;
};

constexpr std::array figures{
    Figure{"uptime_seconds", "baytime_uptime_seconds", "gauge", "Seconds since the daemon started."},
    Figure{"seq", "baytime_events_total", "counter", "Events in the journal."},
    Figure{"commits", "baytime_commits_total", "counter", "Durable commits since the start."},
    Figure{"failed_commits", "baytime_failed_commits_total", "counter", "Commits that failed since the start."},
    Figure{"jobs_open", "baytime_jobs_open", "gauge", "Jobs that are not closed."},
    Figure{"journal_bytes", "baytime_journal_size_bytes", "gauge", "Size of the journal file."},
    Figure{"disk_free_bytes", "baytime_disk_free_bytes", "gauge", "Free space where the journal lies."},
    Figure{"backup_disk_free_bytes", "baytime_backup_disk_free_bytes", "gauge", "Free space where the backups lie."},
    Figure{"backups", "baytime_backups", "gauge", "Copies of the journal."},
    Figure{"backup_age_seconds", "baytime_backup_age_seconds", "gauge",
           "Age of the newest backup; of the oldest event when there is none."},
    Figure{"connections", "baytime_connections", "gauge", "Connections that are open."},
    Figure{"connections_refused", "baytime_connections_refused_total", "counter",
           "Connections refused since the start."},
    Figure{"watchers", "baytime_watchers", "gauge", "Views that are watched."},
    Figure{"commands_waiting", "baytime_commands_waiting", "gauge", "Commands that wait for their turn."},
    Figure{"output_unread_bytes", "baytime_output_unread_bytes", "gauge", "Output that clients have not read."},
    Figure{"reloads", "baytime_configuration_reloads_total", "counter", "Configurations taken over since the start."},
    Figure{"clock_difference_seconds", "baytime_clock_difference_seconds", "gauge",
           "The computer's clock minus the shop's."},
    Figure{"clock_steps", "baytime_clock_steps_total", "counter",
           "Times the computer's clock was set by over a minute."},
    Figure{"clock_synchronised", "baytime_clock_synchronised", "gauge", "1 when a time server steers the clock."},
};

/// A figure of each line of a list.
struct LineFigure {
    std::string_view list, label, member, metric, type, help;
};
constexpr std::array line_figures{
    LineFigure{"signs", "sign", "up_to_date", "baytime_sign_up_to_date", "gauge",
               "1 when the glass shows what it should."},
    LineFigure{"signs", "sign", "answers", "baytime_sign_answers", "gauge", "1 when the sign answers."},
    LineFigure{"signs", "sign", "pages", "baytime_sign_pages_total", "counter", "Pages written since the start."},
    LineFigure{"signs", "sign", "retries", "baytime_sign_retries_total", "counter",
               "Writes tried again since the start."},
    LineFigure{"signs", "sign", "errors", "baytime_sign_errors_total", "counter",
               "Errors of the line since the start."},
    LineFigure{"screens", "screen", "connected", "baytime_screen_connected", "gauge",
               "1 when the screen is connected."},
    LineFigure{"bays", "bay", "last_event", "baytime_bay_last_event_timestamp_seconds", "gauge",
               "When something last happened to a car of this bay."},
};

std::string_view text_of(const json::object& object, std::string_view member) {
    const auto* found = object.if_contains(member);
    return found != nullptr && found->is_string() ? std::string_view(found->get_string()) : std::string_view{};
}

std::optional<std::string> number_of(const json::object& object, std::string_view member) {
    const auto* value = object.if_contains(member);
    if (value == nullptr) return std::nullopt;
    if (value->is_bool()) return value->get_bool() ? "1" : "0";
    if (value->is_number()) return json::serialize(*value);
    if (const auto at = from_iso(text_of(object, member)))
        return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(at->time_since_epoch()).count());
    return std::nullopt;
}

void put_head(std::string& out, std::string_view metric, std::string_view type, std::string_view help) {
    out.append("# HELP ").append(metric).append(" ").append(help).append("\n");
    out.append("# TYPE ").append(metric).append(" ").append(type).append("\n");
}

void put_one(std::string& out, const Figure& figure, std::string_view labels, std::string_view value) {
    put_head(out, figure.metric, figure.type, figure.help);
    out.append(figure.metric).append(labels).append(" ").append(value).append("\n");
}

/// `{problem="backup-old",about=""}`: names and values, escaped.
std::string labels_of(std::initializer_list<std::pair<std::string_view, std::string_view>> pairs) {
    std::string out;
    for (const auto& [name, value] : pairs) {
        out.append(out.empty() ? "{" : ",").append(name).append("=\"").append(label_value(value)).append("\"");
    }
    return out.append("}");
}

void put_lines(std::string& out, const json::object& health, const LineFigure& figure) {
    const auto* list = health.if_contains(figure.list);
    if (list == nullptr || !list->is_array()) return;
    std::string rows;
    for (const auto& line : list->get_array()) {
        if (!line.is_object()) continue;
        const auto value = number_of(line.get_object(), figure.member);
        if (!value) continue;
        rows.append(figure.metric)
            .append(labels_of({{figure.label, text_of(line.get_object(), figure.label)}}))
            .append(" ")
            .append(*value)
            .append("\n");
    }
    if (rows.empty()) return;
    put_head(out, figure.metric, figure.type, figure.help);
    out += rows;
}

void put_verdict(std::string& out, const json::object& health) {
    const auto gauge = [&out](std::string_view metric, std::string_view help, std::string_view value) {
        put_one(out, {.member = "", .metric = metric, .type = "gauge", .help = help}, "", value);
    };
    const auto level = text_of(health, "level"), clock = text_of(health, "clock");
    put_one(out, {.member = "", .metric = "baytime_build_info", .type = "gauge", .help = "The program that runs."},
            labels_of({{"version", text_of(health, "product")}}), "1");
    gauge("baytime_health_level", "0 well, 1 warning, 2 critical.",
          level == "critical"  ? "2"
          : level == "warning" ? "1"
                               : "0");
    gauge("baytime_clock_trusted", "1 when the computer's clock is believed.",
          clock == "trusted" || clock == "training" ? "1" : "0");
    gauge("baytime_configuration_good", "0 when the newest configuration was refused.",
          text_of(health, "config") == "good" ? "1" : "0");
}

void put_problems(std::string& out, const json::object& health) {
    const auto* list = health.if_contains("problems");
    if (list == nullptr || !list->is_array() || list->get_array().empty()) return;
    put_head(out, "baytime_problem", "gauge", "What is wrong now; see baytime health.");
    for (const auto& line : list->get_array()) {
        const auto& one = line.as_object();
        out.append("baytime_problem")
            .append(labels_of({{"problem", text_of(one, "problem")},
                               {"level", text_of(one, "level")},
                               {"about", text_of(one, "about")}}))
            .append(" 1\n");
    }
}

}  // namespace

std::string label_value(std::string_view text) {
    std::string out;
    for (const char each : text) {
        if (each == '\\' || each == '"') out += '\\';
        if (each == '\n') {
            out += "\\n";
        } else {
            out += each;
        }
    }
    return out;
}

std::string metrics_text(const json::object& health) {
    std::string out;
    put_verdict(out, health);
    for (const auto& figure : figures) {
        const auto value = number_of(health, figure.member);
        if (!value) continue;
        put_one(out, figure, "", *value);
    }
    for (const auto& figure : line_figures) put_lines(out, health, figure);
    put_problems(out, health);
    return out;
}

}  // namespace baytime::protocol
