#include "display-drivers/signs/raw_frame_text.hpp"

#include "config/message.hpp"
#include "display-drivers/signs/fields.hpp"

#include <algorithm>

namespace baytime::signs::raw {

namespace {

struct Named {
    std::string_view name;
    PartKind kind;
};
constexpr Named fields[] = {
    {"text", PartKind::text},     {"address", PartKind::address},       {"line", PartKind::line},
    {"colour", PartKind::colour}, {"brightness", PartKind::brightness}, {"length", PartKind::length},
    {"check", PartKind::check},
};
constexpr const char* grammar = "hex digits in pairs, 'letters', {text} and other fields, @marks; blanks between them";

/// A name and the parts it stands for: a field its own, a mark none.
using Names = std::map<std::string, Span, std::less<>>;

std::vector<std::string> field_names() {
    std::vector<std::string> out;
    for (const Named& field : fields) out.emplace_back(field.name);
    return out;
}

std::string listed(const std::vector<std::string>& words, std::string_view before, std::string_view after) {
    std::string out;
    for (const auto& word : words) {
        out += (out.empty() ? "" : ", ") + std::string(before) + word + std::string(after);
    }
    return out;
}

/// Takes a frame apart word by word.
class Words {
public:
    explicit Words(std::string_view text) : text_(text) {}

    std::optional<FrameFault> read(Frame& frame, Names& names) {
        while (skip_blanks()) {
            if (frame.parts.size() >= most_parts) return FrameFault{"a frame has at most 64 parts", "a shorter frame"};
            const char first = text_[at_];
            const auto fault = first == '{'    ? field(frame, names)
                               : first == '@'  ? mark(frame, names)
                               : first == '\'' ? letters(frame)
                                               : literal(frame);
            if (fault) return fault;
        }
        return std::nullopt;
    }

private:
    bool skip_blanks() {
        at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size());
        return at_ < text_.size();
    }
    std::string where() const { return "character " + std::to_string(at_ + 1) + " of the frame: "; }
    std::string_view until(std::string_view ends) {
        const std::size_t end = std::min(text_.find_first_of(ends, at_), text_.size());
        return text_.substr(at_, end - at_);
    }

    std::optional<FrameFault> field(Frame& frame, Names& names) {
        const auto close = text_.find('}', at_);
        if (close == std::string_view::npos) return FrameFault{where() + "this { is never closed", "{text}"};
        const std::string name(text_.substr(at_ + 1, close - at_ - 1));
        const auto* const found = std::ranges::find(fields, std::string_view(name), &Named::name);
        if (found == std::end(fields)) {
            const std::string near = config::nearest(name, field_names());
            return FrameFault{
                where() + "there is no field {" + name + "}" + (near.empty() ? "" : "; did you mean " + near + "?"),
                listed(field_names(), "{", "}")};
        }
        if (names.contains(name)) return FrameFault{where() + "{" + name + "} stands twice", "each field once"};
        names[name] = {.begin = frame.parts.size(), .end = frame.parts.size() + 1};
        frame.parts.push_back({.kind = found->kind});
        at_ = close + 1;
        return std::nullopt;
    }

    std::optional<FrameFault> mark(const Frame& frame, Names& names) {
        const std::string name(until(" \t\r\n{'").substr(1));
        if (name.empty() || names.contains(name)) {
            return FrameFault{where() + "this mark needs a name of its own", "@start"};
        }
        names[name] = {.begin = frame.parts.size(), .end = frame.parts.size()};
        at_ += name.size() + 1;
        return std::nullopt;
    }

    std::optional<FrameFault> letters(Frame& frame) {
        const auto close = text_.find('\'', at_ + 1);
        if (close == std::string_view::npos) return FrameFault{where() + "this ' is never closed", "'AT'"};
        const auto word = text_.substr(at_ + 1, close - at_ - 1);
        if (word.empty()) return FrameFault{where() + "no letters stand between these", "'AT'"};
        add(frame, {word.begin(), word.end()});
        at_ = close + 1;
        return std::nullopt;
    }

    std::optional<FrameFault> literal(Frame& frame) {
        const auto word = until(" \t\r\n{'@");
        const auto bytes = bytes_of_hex(word);
        if (!bytes || bytes->empty()) {
            return FrameFault{where() + "\"" + std::string(word) + "\" is no byte", grammar};
        }
        add(frame, *bytes);
        at_ += word.size();
        return std::nullopt;
    }

    /// Each literal is a part of its own, so that marks may stand anywhere between.
    static void add(Frame& frame, Bytes bytes) {
        frame.parts.push_back({.kind = PartKind::literal, .bytes = std::move(bytes)});
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

std::optional<FrameFault> read_span(const std::string& text, const Names& names, const std::string& of, Span& out) {
    const auto dots = text.find("..");
    const auto from = names.find(text.substr(0, dots));
    const auto to = dots == std::string::npos ? from : names.find(text.substr(dots + 2));
    if (from == names.end() || to == names.end()) {
        std::vector<std::string> known;
        for (const auto& [name, span] : names) known.push_back(name);
        return FrameFault{of + " goes over \"" + text + "\", and the frame has no such field or mark",
                          "FROM..TO with names of the frame: " + listed(known, "", "")};
    }
    out = {.begin = from->second.begin, .end = to->second.end};
    if (out.begin < out.end) return std::nullopt;
    return FrameFault{of + " goes over nothing: \"" + text + "\" ends before it begins", "FROM..TO in this order"};
}

std::optional<FrameFault> read_spans(Frame& frame, const Names& names, const Spans& spans) {
    const std::size_t check = frame.place(PartKind::check), text = frame.place(PartKind::text);
    frame.check_over = {.begin = 0, .end = check};
    frame.length_over = {.begin = text, .end = std::min(text + 1, frame.parts.size())};
    if (frame.has(PartKind::check) && !spans.check.empty()) {
        if (auto fault = read_span(spans.check, names, "the check", frame.check_over)) return fault;
    }
    if (frame.has(PartKind::check) && frame.check_over.holds(check)) {
        return FrameFault{"the check goes over itself", "over = \"FROM..TO\" without {check} between"};
    }
    if (frame.has(PartKind::length) && !spans.length.empty()) {
        if (auto fault = read_span(spans.length, names, "the length", frame.length_over)) return fault;
    }
    if (spans.escape.empty()) return std::nullopt;
    Span over;
    if (auto fault = read_span(spans.escape, names, "the escape", over)) return fault;
    frame.escape_over = over;
    return std::nullopt;
}

/// Behind the escaped bytes there must be a byte that is never one of them.
bool ends_escaped(const Frame& frame, const RawTemplate& form) {
    const std::size_t end = frame.escape_over->end;
    if (end >= frame.parts.size() || frame.parts[end].kind != PartKind::literal) return false;
    return std::ranges::find(form.escapes, frame.parts[end].bytes.front(), &Escape::byte) != form.escapes.end();
}

TextEnd text_end(const Frame& frame, const RawTemplate& form) {
    const std::size_t text = frame.place(PartKind::text);
    if (frame.escape_over && ends_escaped(frame, form)) return TextEnd::escape;
    if (text == frame.parts.size()) return TextEnd::no_text;
    if (form.width > 0) return TextEnd::width;
    if (frame.place(PartKind::length) < text && frame.length_over.holds(text)) return TextEnd::length;
    bool check_between = false;
    for (std::size_t i = text + 1; i < frame.parts.size(); ++i) {
        const Part& part = frame.parts[i];
        if (part.kind == PartKind::literal) {
            if (!never_in_text(part.bytes.front(), form)) return TextEnd::nothing;
            return check_between ? TextEnd::check_then_literal : TextEnd::literal;
        }
        if (part.kind == PartKind::check && form.check_as.as != NumberKind::hex) check_between = true;
    }
    return TextEnd::nothing;
}

std::optional<FrameFault> unsound(const Frame& frame, const RawTemplate& form) {
    if (frame.parts.empty()) return FrameFault{"the frame is empty", "02 {text} 03"};
    if (frame.has(PartKind::check) && form.check == CheckKind::none) {
        return FrameFault{"the frame has {check}, and nothing says which", "[check] with kind = \"sum8\""};
    }
    if (frame.has(PartKind::colour) && form.colours[0].empty()) {
        return FrameFault{"the frame has {colour}, and nothing says which", "[colour] with normal = \"31\""};
    }
    if (frame.escape_over && !ends_escaped(frame, form)) {
        return FrameFault{"nothing ends the escaped bytes",
                          "a literal behind them whose first byte is escaped between them"};
    }
    if (frame.text_end != TextEnd::nothing) return std::nullopt;
    return FrameFault{
        "nothing tells where the text ends",
        "a {length} before it, a width in [text], or behind it a byte that no text has: 00 to 1F, 7F, FF"};
}

}  // namespace

std::variant<Frame, FrameFault> parse_frame(std::string_view text, const RawTemplate& form, const Spans& spans) {
    Frame frame;
    Names names;
    if (auto fault = Words(text).read(frame, names)) return *fault;
    if (auto fault = read_spans(frame, names, spans)) return *fault;
    frame.text_end = text_end(frame, form);
    if (auto fault = unsound(frame, form)) return *fault;
    return frame;
}

}  // namespace baytime::signs::raw
