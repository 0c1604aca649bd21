#include "display-drivers/signs/template.hpp"

#include <algorithm>
#include <array>

namespace baytime::signs {

namespace {

struct Field {
    std::string_view name;
    std::string SignFields::*member;
    bool meant;  ///< carries the page's meaning
};

constexpr Field fields[] = {
    {"bay", &SignFields::bay, false},        {"plate", &SignFields::plate, false},
    {"step", &SignFields::step, true},       {"left", &SignFields::left, true},
    {"minutes", &SignFields::minutes, true}, {"promise", &SignFields::promise, true},
    {"model", &SignFields::model, false},    {"order", &SignFields::order, false},
    {"shop", &SignFields::shop, false},      {"count", &SignFields::count, true},
};

struct Word {
    std::string_view step, en, zh;
};

constexpr Word words[] = {
    {"received", "received", "已接车"}, {"dispatched", "next", "已派工"}, {"repair", "repair", "维修中"},
    {"quality", "check", "质检中"},     {"washing", "wash", "洗车中"},    {"ready", "READY", "可交车"},
    {"paused", "waiting", "等待中"},
};

constexpr std::size_t max_template_bytes = 200;

TemplateFault fault(std::string what) {
    return {std::move(what), field_names() + ", and \\n for a new line"};
}

/// No blank at either end of a line, and never two in a row.
Line squeezed(const Line& line) {
    Line out;
    bool blank = true;
    for (const Segment& segment : line) {
        Segment next{.text = {}, .meaning = segment.meaning};
        for (const char c : segment.text) {
            if (c == ' ' && blank) continue;
            blank = c == ' ';
            next.text += c;
        }
        out.push_back(std::move(next));
    }
    for (auto last = out.rbegin(); last != out.rend(); ++last) {
        while (!last->text.empty() && last->text.back() == ' ') last->text.pop_back();
        if (!last->text.empty()) break;
    }
    return out;
}

}  // namespace

std::string field_names() {
    std::string out;
    for (const Field& field : fields) out += (out.empty() ? "{" : " {") + std::string(field.name) + "}";
    return out;
}

std::variant<Template, TemplateFault> Template::parse(std::string_view text) {
    if (text.size() > max_template_bytes) {
        return fault("the text is longer than " + std::to_string(max_template_bytes) + " bytes");
    }
    Template out;
    out.source_ = std::string(text);
    while (!text.empty()) {
        const auto brace = std::min(text.find_first_of("{}"), text.size());
        if (brace != 0) out.pieces_.push_back(Piece{.text = std::string(text.substr(0, brace))});
        text.remove_prefix(brace);
        if (text.empty()) break;
        const auto close = text.find('}');
        if (text[0] == '}') return fault("a `}` without `{` before it");
        if (close == std::string_view::npos) return fault("a `{` without `}` after it");
        const auto name = text.substr(1, close - 1);
        const auto* field = std::ranges::find(fields, name, &Field::name);
        if (field == std::end(fields)) return fault("there is no field {" + std::string(name) + "}");
        out.pieces_.push_back(Piece{.text = {}, .field = field->member, .meant = field->meant});
        text.remove_prefix(close + 1);
    }
    return out;
}

Page Template::render(const SignFields& values, Meaning meaning) const {
    Page page;
    page.lines.emplace_back();
    for (const Piece& piece : pieces_) {
        const std::string& text = piece.field == nullptr ? piece.text : values.*piece.field;
        const Meaning means = piece.meant ? meaning : Meaning::normal;
        const Page parts = page_of(text, means);
        for (const Line& part : parts.lines) {
            if (&part != &parts.lines.front()) page.lines.emplace_back();
            page.lines.back().push_back(part.front());
        }
    }
    for (Line& line : page.lines) line = squeezed(line);
    return tidy(page);
}

std::string step_word(std::string_view step, SignLanguage language) {
    const auto* word = std::ranges::find(words, step, &Word::step);
    if (word == std::end(words)) return std::string(step);
    return std::string(language == SignLanguage::zh ? word->zh : word->en);
}

std::string alert_word(std::string_view kind, SignLanguage language) {
    constexpr Word alerts[] = {{"at_risk", "at risk", "可能超时"},
                               {"ask_30", "on time?", "能否准时"},
                               {"ask_15", "on time?", "能否准时"},
                               {"ask_0", "on time?", "能否准时"},
                               {"overdue", "overdue", "已超时"},
                               {"tell_customer", "tell customer", "请通知客户"},
                               {"consent_open", "ask consent", "待客户确认"},
                               {"contact_due", "call customer", "请联系客户"},
                               {"appointment_overdue", "call customer", "请联系客户"},
                               {"inspection_failed", "rework", "质检返工"}};
    const auto* word = std::ranges::find(alerts, kind, &Word::step);
    if (word == std::end(alerts)) return std::string(kind);
    return std::string(language == SignLanguage::zh ? word->zh : word->en);
}

std::string left_words(int minutes, SignLanguage language) {
    constexpr int minutes_per_hour = 60;
    const bool zh = language == SignLanguage::zh;
    if (minutes <= 0) return zh ? "马上好" : "soon";
    if (minutes < minutes_per_hour) return std::to_string(minutes) + (zh ? "分钟" : " min");
    const int rest = minutes % minutes_per_hour;
    const std::string two = (rest < 10 ? "0" : "") + std::to_string(rest);
    return std::to_string(minutes / minutes_per_hour) + (zh ? "小时" + two + "分" : " h " + two);
}

}  // namespace baytime::signs
