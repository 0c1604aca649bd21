#include "board/daemon/import_desk.hpp"

#include "board/daemon/log.hpp"
#include "board/reports/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace baytime::daemon {

namespace {

const std::string* parameter(const protocol::Query& query, std::string_view name) {
    const auto found = query.parameters.find(name);
    return found == query.parameters.end() ? nullptr : &found->second;
}

Refused refused(std::string token, std::string sentence) {
    const int code = protocol::code_of(token);
    return {std::move(token), std::move(sentence), code};
}

/// A part of a file must never be taken for the whole: what still comes of it is refused up to its end.
Refused import_lost() {
    return refused("import-lost",
                   "this file was forgotten, because no more of it came for a while or it was too large; end it with "
                   "import-orders, then send it again from its beginning");
}

/// Forgets a file of which nothing more comes.
void look_after(House& house, const std::weak_ptr<ImportPlace>& weak) {
    const auto place = weak.lock();
    if (!place || place->lost) return;
    const auto left = place->newest + import_forgotten_after - house.steady();
    if (left > Steady::duration::zero()) return house.later(left, [&house, weak] { look_after(house, weak); });
    log::warn("import_given_up", {{"bytes", place->file.size()}, {"why", "nothing more came"}});
    place->lose();
    house.importing.reset();
}

void put_lines(const std::vector<reports::Fault>& faults, std::size_t from, protocol::Result& result) {
    result.lines_name = "faults";
    for (std::size_t i = from; i < faults.size() && i < from + max_faults_listed; ++i)
        result.lines.push_back(protocol::to_json(faults[i]));
}

/// Values are told as the file has them: who mends it looks for that text. `faults` are in the order of their lines.
void put_raw_values(std::string_view text, const reports::Mapping& mapping, std::vector<reports::Fault>& faults) {
    const reports::TableShape shape{
        .columns = reports::order_columns, .needed = {}, .max_rows = reports::max_import_orders, .mapped = true};
    reports::TableFile table(text, shape, mapping);
    std::vector<reports::Fault> told;  // once is enough
    auto next = faults.begin();
    while (next != faults.end() && table.next(told)) {
        while (next != faults.end() && next->line < table.line()) ++next;
        for (; next != faults.end() && next->line == table.line(); ++next) {
            const auto column = std::ranges::find(shape.columns, next->column);
            if (column == shape.columns.end()) continue;
            next->value = reports::cut(table.value(static_cast<int>(column - shape.columns.begin())));
        }
    }
}

protocol::json::array texts(const std::vector<std::string>& list) {
    protocol::json::array out;
    for (const std::string& one : list) out.push_back(protocol::json::string(one));
    return out;
}

}  // namespace

protocol::Result import_result(const ImportReport& report, std::uint64_t seq) {
    protocol::Result result;
    result.members["stored"] = report.stored;
    result.members["rows"] = report.rows;
    result.members["imported"] = report.imported;
    result.members["updated"] = report.updated;
    result.members["already"] = report.already;
    result.members["not_settled"] = report.not_settled;
    result.members["bad_rows"] = report.bad_rows;
    result.members["fault_count"] = report.faults.size();
    result.members["new_staff"] = texts(report.new_staff);
    result.members["ignored_columns"] = texts(report.ignored);
    result.members["passed_over_count"] = report.passed_over_count;
    result.members["unknown_returns"] = texts(report.unknown_returns);
    result.members["seq"] = seq;
    put_lines(report.faults, 0, result);
    protocol::json::array passed_over;
    for (const auto& one : report.passed_over) passed_over.push_back(protocol::to_json(one));
    result.more.emplace_back("passed_over", std::move(passed_over));
    return result;
}

Outcome ImportDesk::ask(House& house, const Caller& caller, std::string_view verb, const protocol::Query& query) {
    if (!caller.has_full_access())
        return Refused{"not-allowed", "files are imported with the token of a full device", identity_code};
    if (verb == "import-part") return take_part(house, *parameter(query, "text"));
    if (verb == "import-faults") return faults(query);
    return import(house, caller.person(), query);
}

void ImportDesk::give_up(House& house) {
    if (place_ && place_ == house.importing.lock()) house.importing.reset();
    place_.reset();
    faults_.clear();
}

std::optional<Refused> ImportDesk::take_place(House& house) {
    if (const auto other = house.importing.lock()) {
        if (house.steady() - other->newest < import_yields_after)
            return refused("import-busy", "another file is being imported; try again soon");
        log::warn("import_given_up", {{"bytes", other->file.size()}, {"why", "another one came"}});
        other->lose();
    }
    place_ = std::make_shared<ImportPlace>(ImportPlace{.file = {}, .newest = house.steady()});
    house.importing = place_;
    if (house.later) look_after(house, place_);
    return std::nullopt;
}

Outcome ImportDesk::take_part(House& house, const std::string& text) {
    if (!place_) {
        if (auto no = take_place(house)) return *std::move(no);
    }
    if (place_->lost) return import_lost();
    if (place_->file.size() + text.size() > max_import_bytes) {
        place_->lose();
        house.importing.reset();
        return refused("import-too-large", fmt::format("a file may have {} bytes; cut it", max_import_bytes));
    }
    place_->file += text;
    place_->newest = house.steady();
    protocol::Result result;
    result.members["bytes"] = place_->file.size();
    return result;
}

Outcome ImportDesk::import(House& house, const std::string& who, const protocol::Query& query) {
    const auto place = std::exchange(place_, nullptr);
    if (place && place->lost) return import_lost();
    const std::string text = place ? std::move(place->file) : std::string{};
    reports::Mapping mapping;
    if (const auto* names = parameter(query, "mapping")) {
        try {
            mapping = reports::read_mapping(reports::as_utf8(*names));
        } catch (const reports::BadFile& fault) {
            return refused("bad-mapping", std::string("the mapping file, ") + fault.what());
        }
    }
    ImportReport report;
    try {
        const auto utf8 = reports::as_utf8(text);
        auto file = reports::read_orders(utf8, mapping, house.workshop.zone());
        report = house.workshop.import(std::move(file), who.empty() ? "import" : who,
                                       parameter(query, "skip_bad") != nullptr, parameter(query, "dry_run") != nullptr);
        put_raw_values(utf8, mapping, report.faults);
    } catch (const std::exception& failure) {
        log::error("import_failed", {{"why", failure.what()}});
        return storage_refusal(failure);
    }
    const auto seq = house.workshop.board().seq;
    if (report.stored) {
        log::info(
            "imported",
            {{"orders", report.imported}, {"updated", report.updated}, {"already", report.already}, {"seq", seq}});
        house.work_waiting();  // whoever watches is told at the end of a turn
    }
    auto result = import_result(report, seq);
    faults_ = std::move(report.faults);
    return result;
}

Outcome ImportDesk::faults(const protocol::Query& query) const {
    std::size_t from = 0;
    if (const auto* text = parameter(query, "from")) std::from_chars(text->data(), text->data() + text->size(), from);
    protocol::Result result;
    result.members["fault_count"] = faults_.size();
    put_lines(faults_, from, result);
    return result;
}

}  // namespace baytime::daemon
