// Texts with named fields, `{bay} {plate} {step} {left}`, and the words that fill them. Pure.
#pragma once

#include "display-drivers/signs/page.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace baytime::signs {

/// Values for the fields of a template, already as text. An empty one vanishes together with the blank before it.
struct SignFields {
    std::string bay{};      ///< `3号工位`, `3`
    std::string plate{};    ///< masked or full, as the daemon decides
    std::string step{};     ///< step_word()
    std::string left{};     ///< left_words()
    std::string minutes{};  ///< the same as digits alone, for digit displays; 0 when the time has passed
    std::string promise{};  ///< `17:30`
    std::string model{};
    std::string order{};
    std::string shop{};
    std::string count{};  ///< cars in the list
};

struct TemplateFault {
    std::string what{};      ///< a sentence
    std::string accepted{};  ///< `{bay} {plate} ...`
};

class Template {
public:
    Template() = default;
    static std::variant<Template, TemplateFault> parse(std::string_view text);
    /// `step`, `left` and `promise` carry `meaning`; everything else is normal. `\n` begins a new line.
    Page render(const SignFields& fields, Meaning meaning = Meaning::normal) const;
    const std::string& source() const { return source_; }

private:
    struct Piece {
        std::string text;
        std::string SignFields::*field = nullptr;  ///< when null, `text` is literal
        bool meant = false;                        ///< carries the page's meaning
    };
    std::string source_;
    std::vector<Piece> pieces_;
};

/// `{bay} {plate} ...`: every field that a template may name.
std::string field_names();

enum class SignLanguage { en, zh };

/// The word for a step (`received`, `dispatched`, `repair`, `quality`, `washing`, `ready`), short enough for a sign;
/// `paused` gives a kind one too. An unknown name comes back as it is.
std::string step_word(std::string_view step, SignLanguage language);
/// The words for an alert's kind (`overdue`, `delay`, `consent_open`, `appointment_overdue`, `inspection_failed`),
/// short enough for a sign. An unknown kind comes back as it is.
std::string alert_word(std::string_view kind, SignLanguage language);
/// `25 min`, `1 h 05`; when the time has passed `soon`. In Chinese `25分钟`, `1小时05分`, `马上好`.
std::string left_words(int minutes, SignLanguage language);

}  // namespace baytime::signs
