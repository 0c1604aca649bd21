#include "board/cli/report_table.hpp"

#include <algorithm>
#include <array>

namespace baytime::cli {
namespace {

struct Meaning {
    std::string_view name, chinese, english;
};

constexpr std::array titles{
    Meaning{"key", "项目", "Key"},
    Meaning{"name", "姓名", "Name"},
    Meaning{"settled", "结算台次", "Settled"},
    Meaning{"on_time", "准时", "On time"},
    Meaning{"late", "不准时", "Late"},
    Meaning{"excused", "客户原因", "Excused"},
    Meaning{"rate_bp", "准时率%", "Rate %"},
    Meaning{"strict_bp", "严格准时率%", "Strict %"},
    Meaning{"target_bp", "目标%", "Target %"},
    Meaning{"deduction", "扣分", "Deduction"},
    Meaning{"late_flagged_in_time", "提前预警的不准时", "Late, flagged in time"},
    Meaning{"late_flagged_in_time_bp", "不准时中提前预警%", "Late, flagged in time %"},
    Meaning{"returns", "外返", "Returns"},
    Meaning{"inspection_failed", "内返", "Failed inspection"},
    Meaning{"visits", "台次", "Visits"},
    Meaning{"turnover_cents", "产值(元)", "Turnover (yuan)"},
    Meaning{"plan_visits", "计划台次", "Planned visits"},
    Meaning{"plan_turnover_cents", "计划产值(元)", "Planned turnover (yuan)"},
    Meaning{"visits_bp", "台次完成率%", "Visits of plan %"},
    Meaning{"turnover_bp", "产值完成率%", "Turnover of plan %"},
    Meaning{"month", "月份", "Month"},
    Meaning{"order", "工单号", "Order"},
    Meaning{"plate", "车牌", "Plate"},
    Meaning{"type", "维修类型", "Type"},
    Meaning{"advisor", "服务顾问", "Advisor"},
    Meaning{"technicians", "修理工", "Technicians"},
    Meaning{"original_promise", "原约定时间", "First promise"},
    Meaning{"promise", "有效约定时间", "Promise"},
    Meaning{"settled_at", "结算时间", "Settled"},
    Meaning{"minutes_late", "迟到分钟", "Minutes late"},
    Meaning{"verdict", "判定", "Verdict"},
    Meaning{"why", "依据", "Why"},
    Meaning{"cause", "客户签字", "Signature"},
    Meaning{"return_of", "返修原单", "Return of"},
    Meaning{"flagged_at", "预警时间", "Flagged"},
    Meaning{"notice", "预警", "Notice"},
    Meaning{"amount_cents", "金额(元)", "Amount (yuan)"},
    Meaning{"allowed_late", "允许不准时", "May be late"},
    Meaning{"may_still_be_late", "还可不准时", "May still be late"},
    Meaning{"on_time_needed", "达标还需准时", "On time needed"},
    Meaning{"count", "次数", "Count"},
    Meaning{"of", "总数", "Of"},
    Meaning{"minutes", "分钟", "Minutes"},
    Meaning{"share_bp", "占比%", "Share %"},
    Meaning{"running_bp", "累计%", "Running %"},
    Meaning{"flagged", "预警次数", "Flagged"},
    Meaning{"median_notice_minutes", "预警提前中位(分钟)", "Median notice (min)"},
    Meaning{"clocked_minutes", "打卡分钟", "Clocked minutes"},
    Meaning{"attendance_minutes", "出勤分钟", "Attendance minutes"},
    Meaning{"utilisation_bp", "工时利用率%", "Utilisation %"},
    Meaning{"standard_minutes", "标准分钟", "Standard minutes"},
    Meaning{"efficiency_bp", "工作效率%", "Efficiency %"},
    Meaning{"cars", "车次", "Cars"},
    Meaning{"working_days", "工作日", "Working days"},
    Meaning{"cars_a_day_x100", "日均车次×100", "Cars a day ×100"},
    Meaning{"occupied_minutes", "占用分钟", "Occupied minutes"},
    Meaning{"open_minutes", "营业分钟", "Open minutes"},
    Meaning{"occupied_bp", "工位占用率%", "Occupied %"},
    Meaning{"median_minutes", "实际中位(分钟)", "Median (min)"},
    Meaning{"p80_minutes", "实际八成(分钟)", "80 % within (min)"},
    Meaning{"longest_wait_minutes", "最长未联系(分钟)", "Longest silence (min)"},
    Meaning{"done", "做到", "Done"},
};

constexpr std::array words{
    Meaning{"on_time", "准时", "on time"},
    Meaning{"late", "不准时", "late"},
    Meaning{"excused", "客户原因", "excused"},
    Meaning{"kept", "按时交车", "kept"},
    Meaning{"clock", "超过约定", "past the promise"},
    Meaning{"customer_said", "客户回访说不准时", "the customer says so"},
    Meaning{"excuse_open", "待经理确认", "waits for the manager"},
    Meaning{"excuse_accepted", "经理已确认", "accepted by the manager"},
    Meaning{"excuse_rejected", "经理已驳回", "rejected by the manager"},
    Meaning{"in_time", "提前预警", "in time"},
    Meaning{"short_notice", "预警过迟", "short notice"},
    Meaning{"after_the_fact", "事后预警", "after the fact"},
    Meaning{"department", "全站", "department"},
    Meaning{"first_service", "首保", "first service"},
    Meaning{"maintenance", "常规保养", "maintenance"},
    Meaning{"repair", "普通修理", "repair"},
    Meaning{"accident", "事故车", "accident"},
    Meaning{"warranty", "索赔", "warranty"},
    Meaning{"parts", "缺件", "parts"},
    Meaning{"added_work", "增项", "added work"},
    Meaning{"diagnosis", "疑难诊断", "diagnosis"},
    Meaning{"labour", "人手", "labour"},
    Meaning{"equipment", "设备", "equipment"},
    Meaning{"rework", "返工", "rework"},
    Meaning{"customer", "客户原因", "customer"},
    Meaning{"other", "其他", "other"},
    Meaning{"external_returns", "外返率", "external returns"},
    Meaning{"internal_returns", "内返率", "internal returns"},
    Meaning{"first_time_fix", "一次修复率", "first-time fix"},
    Meaning{"rows", "明细", "Rows"},
    Meaning{"total", "合计", "Total"},
    Meaning{"trend", "趋势", "Trend"},
    Meaning{"confirmed", "已阅确认", "Read by"},
    Meaning{"told_before_change", "变更前告知", "told before the promise passed"},
    Meaning{"hourly_update", "每小时告知", "told every hour"},
    Meaning{"appointment_called", "预约15分钟内联系", "appointment called within 15 minutes"},
    Meaning{"called_back", "72小时回访", "called back within 72 h"},
    Meaning{"consent_before_work", "增项先确认", "consent before added work"},
};
/// The key of what belongs to nobody, as orders without an advisor.
constexpr std::string_view nobody = "—";
/// Members whose values are words of ours.
constexpr std::array worded{"verdict", "why", "notice", "type", "key"};

/// `rate_bp` beside `settled` is the on-time rate, elsewhere some other share.
std::string title_of(std::string_view member, const json::object& row, bool chinese) {
    if (member == "rate_bp" && !row.contains("settled")) return chinese ? "比率%" : "Rate %";
    const auto found = std::ranges::find(titles, member, &Meaning::name);
    if (found == titles.end()) return std::string(member);
    return std::string(chinese ? found->chinese : found->english);
}

CellKind kind_of(std::string_view member, const json::value& value) {
    if (member.ends_with("_bp")) return CellKind::percent;
    if (member.ends_with("_cents")) return CellKind::money;
    if (member.ends_with("_at") || member.ends_with("promise")) return CellKind::time;
    return value.is_string() || value.is_array() ? CellKind::text : CellKind::count;
}

/// Two digits behind a point, exactly: of cents, and of basis points as per cent.
std::string hundredths(std::int64_t number) {
    const std::string sign = number < 0 ? "-" : "";
    const std::uint64_t size = number < 0 ? 0 - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
    const std::string rest = std::to_string(size % 100);
    return sign + std::to_string(size / 100) + "." + (rest.size() < 2 ? "0" : "") + rest;
}

std::string list_text(const json::array& list) {
    std::string out;
    for (const auto& one : list)
        out += (out.empty() ? "" : " ") + (one.is_string() ? std::string(one.get_string()) : "");
    return out;
}

void add_row(Table& table, const json::object& row, bool chinese) {
    for (const auto& member : row) {
        const bool objects = member.value().is_array() && !member.value().get_array().empty() &&
                             member.value().get_array().front().is_object();
        const bool known =
            std::ranges::find(table.columns, std::string(member.key()), &Column::member) != table.columns.end();
        if (objects || member.value().is_object()) continue;
        if (known) continue;
        // A person's name stands beside the id.
        const bool beside_key = member.key() == "name" && !table.columns.empty();
        table.columns.insert(beside_key ? table.columns.begin() + 1 : table.columns.end(),
                             {.member = std::string(member.key()),
                              .title = title_of(member.key(), row, chinese),
                              .kind = kind_of(member.key(), member.value())});
    }
    table.rows.push_back(row);
}

void add_list(std::vector<Table>& tables, std::string title, const json::value& list, bool chinese) {
    Table table{.title = std::move(title), .columns = {}, .rows = {}};
    for (const auto& row : list.as_array()) {
        if (row.is_object()) add_row(table, row.get_object(), chinese);
    }
    if (!table.rows.empty()) tables.push_back(std::move(table));
}

}  // namespace

std::string word_text(std::string_view word, bool chinese) {
    const auto found = std::ranges::find(words, word, &Meaning::name);
    if (found == words.end()) return std::string(word);
    return std::string(chinese ? found->chinese : found->english);
}

std::string cell_text(const Column& column, const json::object& row, bool chinese) {
    const auto* value = row.if_contains(column.member);
    if (value == nullptr || value->is_null()) return "—";
    if (value->is_bool()) return value->get_bool() ? "1" : "0";
    if (value->is_array()) return list_text(value->get_array());
    if (value->is_string()) {
        std::string text(value->get_string());
        if (text.empty() && column.member == "key") return std::string(nobody);
        if (column.kind == CellKind::time && text.size() >= 16) return text.substr(0, 10) + " " + text.substr(11, 5);
        const bool word = std::ranges::find(worded, column.member) != worded.end();
        return word ? word_text(text, chinese) : text;
    }
    if (!value->is_number()) return "";
    const auto number = value->to_number<std::int64_t>();
    const bool fraction = column.kind == CellKind::percent || column.kind == CellKind::money;
    return fraction ? hundredths(number) : std::to_string(number);
}

std::vector<Table> tables_of(const json::object& report, bool chinese) {
    std::vector<Table> tables;
    Table rows{.title = word_text("rows", chinese), .columns = {}, .rows = {}};
    if (const auto* list = report.if_contains("rows"); list != nullptr && list->is_array()) {
        for (const auto& row : list->get_array()) add_row(rows, row.as_object(), chinese);
    }
    tables.push_back(std::move(rows));
    if (const auto* total = report.if_contains("total"); total != nullptr && total->is_object()) {
        Table table{.title = word_text("total", chinese), .columns = {}, .rows = {}};
        add_row(table, total->get_object(), chinese);
        tables.push_back(std::move(table));
    }
    for (const char* name : {"trend", "confirmed"}) {
        if (const auto* list = report.if_contains(name); list != nullptr && list->is_array())
            add_list(tables, word_text(name, chinese), *list, chinese);
    }
    if (const auto* jobs = report.if_contains("jobs"); jobs != nullptr && jobs->is_object()) {
        for (const auto& list : jobs->get_object())
            add_list(tables, list.key().empty() ? std::string(nobody) : word_text(list.key(), chinese), list.value(),
                     chinese);
    }
    return tables;
}

}  // namespace baytime::cli
