// Holds what the board and the LED glass show against what the journal file says, for deploy/demo.
// The journal is read by another process of the daemon's program (`--print`), so that nothing the running daemon
// remembers can hide a difference. Prints one summary line; exit status 0 only when all agree.
#include <poll.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>
#include <string>

namespace json = boost::json;

namespace {

struct Paths {
    std::string daemon, config, board, glass, workday;
};

json::object read_file(const std::string& path) {
    std::ifstream in(path);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    boost::system::error_code failed;
    const auto value = json::parse(text, failed);
    return !failed && value.is_object() ? value.as_object() : json::object{};
}

/// What the journal says about a view, told by the daemon's program reading the file afresh.
json::object print_view(const Paths& paths, const std::string& view) {
    const std::string command =
        "'" + paths.daemon + "' --config '" + paths.config + "' --print " + view + " 2>/dev/null";
    std::string out;
    FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) return {};
    char chunk[4096];
    for (std::size_t count = 0; (count = std::fread(chunk, 1, sizeof chunk, pipe)) > 0;) out.append(chunk, count);
    if (::pclose(pipe) != 0) return {};
    boost::system::error_code failed;
    const auto value = json::parse(out, failed);
    return !failed && value.is_object() ? value.as_object() : json::object{};
}

/// The rows that do not depend on the passing of time: what each open car shows.
std::set<std::string> rows_of(const json::object& view) {
    std::set<std::string> out;
    const auto* rows = view.if_contains("rows");
    if (rows == nullptr || !rows->is_array()) return out;
    for (const auto& row : rows->as_array()) {
        const auto& car = row.as_object();
        const auto* delivered = car.if_contains("delivered");
        if (delivered != nullptr && delivered->is_bool() && delivered->as_bool()) continue;
        json::object kept;
        for (const char* member : {"id", "plate", "model", "bay", "step", "promise", "expected", "moved", "told"}) {
            if (const auto* value = car.if_contains(member)) kept[member] = *value;
        }
        out.insert(json::serialize(kept));
    }
    return out;
}

/// Sign text without the time left at its end (`25 min`, `25m`, `1:05`, `soon`), which changes by the minute.
std::string steady(std::string text) {
    std::ranges::replace(text, '\n', ' ');
    const auto left = [](const std::string& word) {
        return word.empty() || word == "min" || word == "h" || word == "soon" ||
               word.find_first_not_of("0123456789:m") == std::string::npos;
    };
    auto blank = text.rfind(' ');
    while (blank != std::string::npos && left(text.substr(blank + 1))) {
        text.resize(blank);
        blank = text.rfind(' ');
    }
    return text;
}

/// Empty when every glass shows one of the texts the journal allows it, else what differs.
std::string glass_difference(const json::object& glass, const json::object& allowed) {
    const auto* signs = glass.if_contains("signs");
    if (signs == nullptr || allowed.empty()) return "no glass to compare";
    for (const auto& [name, texts] : allowed) {
        const auto* sign = signs->as_object().if_contains(name);
        if (sign == nullptr) return "sign " + std::string(name) + " is not played";
        const auto shown = steady(std::string(sign->as_object().at("text").as_string()));
        bool found = false;
        std::string wanted;
        for (const auto& text : texts.as_array()) {
            wanted = steady(std::string(text.as_string()));
            if (shown == wanted) found = true;
        }
        if (!found) return "sign " + std::string(name) + " shows \"" + shown + "\", journal says \"" + wanted + "\"";
    }
    return {};
}

std::string difference(const Paths& paths) {
    const auto board = read_file(paths.board);
    if (!board.contains("rows")) return "the board has reported nothing";
    if (board.at("stale").as_bool()) return "the board says that its rows are old";
    const auto journal = print_view(paths, "lounge");
    if (journal.empty()) return "the journal cannot be read";
    if (rows_of(board) != rows_of(journal)) return "board and journal show other rows";
    return glass_difference(read_file(paths.glass), print_view(paths, "signs"));
}

std::int64_t number(const json::object& report, const char* member) {
    const auto* value = report.if_contains(member);
    return value != nullptr && value->is_number() ? value->to_number<std::int64_t>() : 0;
}

int summarise(const Paths& paths, const std::string& differs) {
    const auto workday = read_file(paths.workday);
    const auto board = read_file(paths.board);
    const auto glass = read_file(paths.glass);
    std::int64_t pages = 0;
    std::int64_t errors = number(workday, "errors") + number(board, "errors") + (differs.empty() ? 0 : 1);
    if (const auto* signs = glass.if_contains("signs")) {
        for (const auto& item : signs->as_object()) {
            pages += number(item.value().as_object(), "pages");
            errors += number(item.value().as_object(), "errors");
        }
    }
    const auto updates = number(workday, "acknowledged");
    const auto frames = number(board, "frames");
    if (!differs.empty()) std::cerr << "deploy/demo: " << differs << '\n';
    std::cout << updates << " updates acknowledged, " << frames << " frames drawn, " << pages << " sign pages shown, "
              << errors << " errors; board, glass and journal " << (differs.empty() ? "agree" : "differ") << '\n';
    return errors == 0 && updates > 0 && frames > 0 && pages > 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
    Paths paths;
    int seconds = 10;
    CLI::App app{"Holds board and signs against the journal."};
    app.add_option("--daemon", paths.daemon, "the baytimed program")->required();
    app.add_option("--config", paths.config, "its configuration")->required();
    app.add_option("--board", paths.board, "the board's report")->required();
    app.add_option("--glass", paths.glass, "the signs' report")->required();
    app.add_option("--workday", paths.workday, "the workday's report")->required();
    app.add_option("--within", seconds, "seconds that board and signs may take to come to rest");
    CLI11_PARSE(app, count, words);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    std::string differs = difference(paths);
    while (!differs.empty() && std::chrono::steady_clock::now() < deadline) {
        ::poll(nullptr, 0, 200);  // board and glass are other processes; their reports are all there is to look at
        differs = difference(paths);
    }
    return summarise(paths, differs);
}
