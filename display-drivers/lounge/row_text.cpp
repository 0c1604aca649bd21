// The wording of rows: kind and true. A time that has passed is never shown as one to expect.
#include "display-drivers/lounge/row_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace baytime::lounge {

namespace {

using std::chrono::days;

/// True when the text has Chinese letters, which an English reader cannot use.
bool has_chinese(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0xe3 && byte <= 0xe9;
    });
}

std::string work_text(const LoungeRow& row, Language language) {
    const bool usable = !row.work.empty() && (language == Language::chinese || !has_chinese(row.work));
    return usable ? row.work : translation(language)["type_" + name(row.type)];
}

/// `3号工位` reads `Bay 3` in English; other labels stay as the shop wrote them.
std::string bay_text(const std::string& label, Language language) {
    constexpr std::string_view ending = "号工位";
    if (language == Language::chinese || !label.ends_with(ending)) return label;
    const std::string number = label.substr(0, label.size() - ending.size());
    return translation(language).fill("bay_number", {{"n", number}});
}

LocalTime local(Instant at, const RowContext& context) {
    return LocalTime((at + context.offset).time_since_epoch());
}

/// Empty for today, `明天`, or the date.
std::string day_text(LocalTime time, const RowContext& context) {
    const auto ahead = std::chrono::floor<days>(time) - std::chrono::floor<days>(context.today);
    if (ahead == days(0)) return {};
    if (ahead == days(1)) return translation(context.language)["tomorrow"];
    return date_text(time, context.language);
}

void say_step(const LoungeRow& row, const RowContext& context, RowText& text) {
    const auto& words = translation(context.language);
    text.step = static_cast<int>(row.step);
    text.step_text = words[row.delivered ? "step_delivered" : "step_" + name(row.step)];
    if (row.paused_for && !row.delivered) text.step_text += "·" + words["pause_" + name(*row.paused_for)];
}

void say_expected(const LoungeRow& row, const RowContext& context, RowText& text) {
    const auto& words = translation(context.language);
    if (!row.expected) {
        text.call = words["time_open"];
        text.call_soft = true;
        return;
    }
    if (row.overdue) {
        text.tone = Tone::moved;
        text.call = words[context.stale ? "overdue_stale" : "overdue"];
        text.promise_struck = row.moved;
        return;
    }
    const LocalTime expected = local(*row.expected, context);
    const std::string day = day_text(expected, context);
    text.expected = clock_text(expected);
    if (row.moved) {
        text.tone = Tone::moved;
        text.promise_struck = true;
        text.note = words[row.told ? "told" : "not_told"];
    } else if (!context.stale && row.on_track) {
        text.note = words["on_time"];
    }
    if (!day.empty()) text.note = day;  // more matters than who was told
}

}  // namespace

RowText row_text(const LoungeRow& row, const RowContext& context) {
    const auto& words = translation(context.language);
    RowText text{.plate_tail = row.plate, .model = row.model};
    constexpr std::string_view dot = "·";
    if (const auto at = row.plate.find(dot); at != std::string::npos) {
        text.plate_head = row.plate.substr(0, at);
        text.plate_tail = row.plate.substr(at + dot.size());
    }
    text.work = work_text(row, context.language);
    text.bay = bay_text(row.bay, context.language);
    say_step(row, context, text);
    if (row.promise) {
        text.promise_day = day_text(local(*row.promise, context), context);
        text.promise = clock_text(local(*row.promise, context));
    }
    if (row.delivered) {
        text.tone = Tone::delivered;
        text.call = words["delivered_note"];
        text.call_soft = true;
    } else if (row.step == Step::ready) {
        text.tone = Tone::ready;
        text.call = words["ready_call"];
    } else {
        say_expected(row, context, text);
    }
    return text;
}

std::string clock_text(LocalTime time) {
    const auto since_midnight = time - std::chrono::floor<days>(time);
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(since_midnight).count();
    return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

std::string date_text(LocalTime time, Language language) {
    const std::chrono::year_month_day date(std::chrono::floor<days>(time));
    const auto& words = translation(language);
    const std::string month = words[fmt::format("month_{}", static_cast<unsigned>(date.month()))];
    const std::string day = std::to_string(static_cast<unsigned>(date.day()));
    return words.fill("day", {{"month", month}, {"day", day}});
}

std::string weekday_text(LocalTime time, Language language) {
    const std::chrono::weekday weekday(std::chrono::floor<days>(time));
    return translation(language)[fmt::format("weekday_{}", weekday.c_encoding())];
}

}  // namespace baytime::lounge
