#include "board/cli/health_text.hpp"

#include "board/cli/text.hpp"
#include "protocol/problems.hpp"

#include <algorithm>
#include <array>

namespace baytime::cli {
namespace {

namespace json = protocol::json;

/// Members and columns in Chinese; in English they stand as the protocol has them.
struct Label {
    std::string_view name, zh;
};
constexpr std::array labels{
    Label{"about", "对象"},
    Label{"answers", "有应答"},
    Label{"away_minutes", "断开分钟"},
    Label{"backup_age_seconds", "备份距今秒"},
    Label{"backup_disk_free_bytes", "备份盘剩余字节"},
    Label{"backup_failed", "备份失败"},
    Label{"backup_newest", "最新备份"},
    Label{"backups", "备份数"},
    Label{"bay", "工位"},
    Label{"clock", "时钟"},
    Label{"clock_difference_seconds", "时钟偏差秒"},
    Label{"clock_steps", "时钟跳变次数"},
    Label{"clock_synchronised", "时间已同步"},
    Label{"commands_waiting", "等待的命令"},
    Label{"commits", "提交数"},
    Label{"config", "配置"},
    Label{"connected", "已连接"},
    Label{"connections", "连接数"},
    Label{"connections_refused", "拒绝的连接"},
    Label{"disk_free_bytes", "磁盘剩余字节"},
    Label{"errors", "错误"},
    Label{"failed_commits", "失败的提交"},
    Label{"jobs", "全部工单"},
    Label{"jobs_open", "在厂工单"},
    Label{"journal", "记录文件"},
    Label{"journal_bytes", "记录文件字节"},
    Label{"last_error", "最近错误"},
    Label{"last_event", "最近事件"},
    Label{"now", "店内时间"},
    Label{"output_unread_bytes", "未读输出字节"},
    Label{"pages", "页数"},
    Label{"port", "端口"},
    Label{"product", "程序"},
    Label{"reloads", "重载次数"},
    Label{"retries", "重试"},
    Label{"screen", "屏幕"},
    Label{"seq", "序号"},
    Label{"sign", "显示屏"},
    Label{"state", "状态"},
    Label{"tls", "加密端口"},
    Label{"tls_fingerprint", "证书指纹"},
    Label{"up_to_date", "内容最新"},
    Label{"uptime_seconds", "运行秒数"},
    Label{"watchers", "订阅数"},
};
static_assert(std::ranges::is_sorted(labels, {}, &Label::name));

std::string label_of(std::string_view name, bool chinese) {
    const auto* found = std::ranges::lower_bound(labels, name, {}, &Label::name);
    return std::string(chinese && found != labels.end() && found->name == name ? found->zh : name);
}

std::string text_of(const json::object& line, std::string_view member) {
    const auto* found = line.if_contains(member);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string{};
}

const json::array& list_of(const json::object& health, std::string_view name) {
    static const json::array none;
    const auto* found = health.if_contains(name);
    return found != nullptr && found->is_array() ? found->get_array() : none;
}

/// `WARNING - backup-old, screen-away`
std::string verdict(const json::object& health, bool chinese) {
    const auto level = text_of(health, "level");
    std::string out = level == "ok" ? "OK" : level == "warning" ? "WARNING" : "CRITICAL";
    if (level == "ok") return out + (chinese ? " - 一切正常" : " - all is well");
    for (const auto& line : list_of(health, "problems"))
        out += (out.find(" - ") == out.npos ? " - " : ", ") + text_of(line.as_object(), "problem");
    return out;
}

std::string problem(const json::object& line, bool chinese) {
    const auto* text = protocol::find_problem(text_of(line, "problem"));
    const bool known = chinese && text != nullptr;
    auto what = known ? std::string(text->zh) : text_of(line, "what");
    const auto remedy = known ? std::string(text->zh_remedy) : text_of(line, "remedy");
    std::string particulars = text_of(line, "about");
    if (const auto detail = text_of(line, "detail"); !detail.empty())
        particulars += (particulars.empty() ? "" : ", ") + detail;
    if (!particulars.empty()) what += " (" + particulars + ")";
    return "  ! " + harmless(what) + "\n    -> " + harmless(remedy) + "\n";
}

json::object renamed(const json::object& members, bool chinese) {
    json::object out;
    for (const auto& [key, value] : members) out[label_of(std::string_view(key), chinese)] = value;
    return out;
}

std::string table(const json::object& health, std::string_view name, bool chinese, const Offset& offset) {
    json::array rows;
    for (const auto& line : list_of(health, name)) rows.push_back(renamed(line.as_object(), chinese));
    if (rows.empty()) return {};
    return "\n" + show(json::object{{name, std::move(rows)}}, offset);
}

}  // namespace

std::string health_text(const json::object& health, bool chinese, const Offset& offset) {
    std::string out = harmless(verdict(health, chinese)) + "\n";
    for (const auto& line : list_of(health, "problems")) out += problem(line.as_object(), chinese);
    json::object figures;
    for (const auto& [key, value] : health) {
        const bool shown = !value.is_array() && key != "health" && key != "level";
        if (shown) figures[label_of(std::string_view(key), chinese)] = value;
    }
    out += "\n" + show(figures, offset);
    for (const auto* name : {"signs", "screens", "bays"}) out += table(health, name, chinese, offset);
    return out;
}

}  // namespace baytime::cli
