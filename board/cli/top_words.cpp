#include "board/cli/top_words.hpp"

#include <array>

namespace baytime::cli {
namespace {

constexpr TopWords english{.bay = "bay",
                           .order = "order",
                           .plate = "plate",
                           .model = "model",
                           .state = "state",
                           .people = "people",
                           .promise = "promise",
                           .expected = "expect",
                           .left = "left",
                           .free = "free",
                           .waiting = "to dispatch",
                           .assigned = "queued",
                           .inspection = "inspection",
                           .washing = "washing",
                           .ready = "ready",
                           .booked = "booked",
                           .next = "next",
                           .late = "will be late",
                           .nobody_late = "nobody",
                           .alerts = "alerts",
                           .no_alerts = "none",
                           .away = "NO CONNECTION, as of",
                           .quit = "q quits",
                           .more = "more bays below: enlarge the window",
                           .minutes = "m",
                           .inspection_level = "level"};
constexpr TopWords chinese_words{.bay = "工位",
                                 .order = "工单",
                                 .plate = "车牌",
                                 .model = "车型",
                                 .state = "状态",
                                 .people = "人员",
                                 .promise = "约定",
                                 .expected = "预计",
                                 .left = "剩余",
                                 .free = "空闲",
                                 .waiting = "待派工",
                                 .assigned = "排队",
                                 .inspection = "质检",
                                 .washing = "洗车",
                                 .ready = "可交车",
                                 .booked = "预约",
                                 .next = "下一台",
                                 .late = "将超时",
                                 .nobody_late = "无",
                                 .alerts = "提醒",
                                 .no_alerts = "无",
                                 .away = "连接中断,数据截至",
                                 .quit = "q 退出",
                                 .more = "个工位未显示,请放大窗口",
                                 .minutes = "分",
                                 .inspection_level = "级"};

struct Pair {
    const char *en, *zh;
    const char* in(bool chinese) const { return chinese ? zh : en; }
};

// By JobState and PauseReason, in their order.
constexpr std::array<Pair, 11> states{{{"booked", "已预约"},
                                       {"to dispatch", "待派工"},
                                       {"dispatched", "已派工"},
                                       {"in repair", "维修中"},
                                       {"paused", "暂停"},
                                       {"inspection", "质检中"},
                                       {"washing", "洗车中"},
                                       {"ready", "可交车"},
                                       {"delivered", "已交车"},
                                       {"cancelled", "已取消"},
                                       {"no show", "未到店"}}};
constexpr std::array<Pair, 5> pauses{
    {{"parts", "等配件"}, {"customer", "等客户"}, {"equipment", "等设备"}, {"rest", "休息"}, {"paused", "暂停"}}};

struct AlertText {
    std::string_view kind;
    Pair text;
};
constexpr std::array<AlertText, 10> alert_texts{{{"at_risk", {"may be late", "可能延误"}},
                                                 {"ask_30", {"in time?", "能准时吗"}},
                                                 {"ask_15", {"in time?", "能准时吗"}},
                                                 {"ask_0", {"in time?", "能准时吗"}},
                                                 {"overdue", {"late", "已超时"}},
                                                 {"tell_customer", {"tell the customer", "待告知客户"}},
                                                 {"consent_open", {"consent open", "增项待确认"}},
                                                 {"contact_due", {"talk to the customer", "待联系客户"}},
                                                 {"appointment_overdue", {"appointment overdue", "预约未到"}},
                                                 {"inspection_failed", {"inspection failed", "质检未过"}}}};

}  // namespace

const TopWords& top_words(bool chinese) {
    return chinese ? chinese_words : english;
}

std::string state_word(JobState state, std::optional<PauseReason> paused_for, bool chinese) {
    if (state == JobState::paused && paused_for) return pauses.at(static_cast<std::size_t>(*paused_for)).in(chinese);
    return states.at(static_cast<std::size_t>(state)).in(chinese);
}

std::string alert_word(const std::string& kind, bool chinese) {
    for (const auto& entry : alert_texts) {
        if (entry.kind == kind) return entry.text.in(chinese);
    }
    return kind;
}

}  // namespace baytime::cli
