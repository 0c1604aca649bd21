// baytime report KIND: asks the daemon, prints or writes the answer as text, CSV, workbook or JSON.
#include "board/cli/arguments.hpp"
#include "board/cli/connection.hpp"
#include "board/cli/files.hpp"
#include "board/cli/loops.hpp"
#include "board/cli/report_table.hpp"
#include "board/cli/text.hpp"

#include <algorithm>
#include <iostream>

namespace baytime::cli {
namespace {

/// A year of a large shop takes a while to read.
constexpr std::chrono::minutes report_deadline{2};

Asked asked_of(const Settings& settings) {
    auto words = settings.words;
    if (words.size() > 1) std::ranges::replace(words[1], '-', '_');  // service-check
    const auto add = [&words](const char* name, const std::string& value) {
        if (!value.empty()) words.push_back(std::string(name) + "=" + value);
    };
    add("by", settings.by);
    add("date", settings.date);
    add("month", settings.month);
    add("year", settings.year);
    if (settings.explain) words.push_back("explain");
    return read_arguments(words);
}

}  // namespace

int run_report(const Settings& settings) {
    Asked asked = asked_of(settings);
    const std::string format = settings.json ? "json" : settings.format;
    if (format == "xlsx" && settings.output.empty())
        throw Trouble(usage, "bad-value", "a workbook needs a file: --output FILE.xlsx");
    Connection connection = Connection::open(settings);
    const json::object report = connection.call("report", asked.parameters, report_deadline);
    if (format == "xlsx") {
        write_xlsx(report, settings.chinese, settings.output);
        return done;
    }
    const std::string text = format == "json"  ? harmless_json(json::serialize(report)) + "\n"
                             : format == "csv" ? csv_report(report, settings.chinese)
                                               : text_report(report, settings.chinese);
    if (settings.output.empty()) {
        std::cout << text << std::flush;
    } else {
        write_whole(settings.output, text);
    }
    return done;
}

}  // namespace baytime::cli
