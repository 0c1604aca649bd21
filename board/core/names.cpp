// Names: how a guest is addressed, and what a stranger may read of a text that staff typed.
#include "board/core/letters.hpp"
#include "board/core/plate.hpp"

#include <algorithm>
#include <array>

namespace baytime {

namespace {

constexpr std::array<std::string_view, 12> titles = {"先生", "女士", "小姐", "太太", "老师", "经理",
                                                     "师傅", "医生", "总",   "Mr.",  "Ms.",  "Mrs."};
constexpr std::array<std::string_view, 12> double_names = {"欧阳", "司马", "上官", "诸葛", "东方", "皇甫",
                                                           "尉迟", "公孙", "慕容", "司徒", "令狐", "夏侯"};
constexpr std::array<std::string_view, 9> latin_firms = {"LTD",  "CO",  "INC",     "LLC",    "GMBH",
                                                         "CORP", "PLC", "COMPANY", "LIMITED"};
constexpr std::size_t long_number = 7;  // digits; shorter runs are model names and mileages
constexpr std::string_view masked = "***";

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

bool latin_title(std::string_view word) {
    return std::ranges::find(titles, word) != titles.end() || word == "Mr" || word == "Ms" || word == "Mrs" ||
           word == "Dr" || word == "Dr.";
}

bool digit(const std::string& letter) {
    const std::string form = plain_form(letter);
    return form.size() == 1 && form[0] >= '0' && form[0] <= '9';
}

/// The title a Chinese name ends with, or nothing.
std::string_view ending_title(std::string_view name) {
    for (const auto& each : titles) {
        if (name.size() > each.size() && name.ends_with(each)) return each;
    }
    return {};
}

std::string chinese_address(const std::string& name) {
    const std::string_view ending = ending_title(name);
    const std::string title = ending.empty() ? "先生/女士" : std::string(ending);
    const std::string rest = name.substr(0, name.size() - ending.size());
    for (const auto& each : double_names) {
        if (rest.starts_with(each)) return std::string(each) + title;
    }
    const Letters letters = letters_of(rest);
    return letters.empty() ? std::string{} : letters.front() + title;
}

/// A firm, or no name at all: nobody to address.
bool nobody(const std::string& name) {
    const Letters letters = letters_of(name);
    if (letters.empty() || digit(letters.front()) || letters.front() == "+") return true;
    if (name.find("公司") != std::string::npos || name.find("集团") != std::string::npos) return true;
    if (name.ends_with("厂") || name.ends_with("店")) return true;
    const auto blank = name.find_last_of(" \t,");
    if (blank == std::string::npos) return false;
    std::string last;
    for (const auto& each : letters_of(name.substr(blank + 1))) last += plain_form(each);
    std::erase(last, '.');
    return std::ranges::find(latin_firms, last) != latin_firms.end();
}

/// A customer's name without the title.
std::string bare_name(const std::string& name) {
    const auto blank = name.find_first_of(" \t");
    if (blank != std::string::npos && latin_title(std::string_view(name).substr(0, blank))) {
        return trimmed(std::string_view(name).substr(blank));
    }
    return trimmed(std::string_view(name).substr(0, name.size() - ending_title(name).size()));
}

/// The letters by which a secret is found however it is written.
struct Secret {
    Letters letters;
    bool word = false;  ///< only between other signs than letters and digits: "Li" does not hide in "Limousine"
};

Secret secret_of(std::string_view text, bool word) {
    Secret secret{.letters = {}, .word = word};
    for (const auto& each : letters_of(text)) {
        if (!separator(each)) secret.letters.push_back(plain_form(each));
    }
    return secret;
}

std::vector<Secret> secrets_of(std::string_view customer, std::string_view plate) {
    std::vector<Secret> out = {secret_of(plate, false)};
    const Letters letters = letters_of(plate);
    if (letters.size() > 4 && !plain(letters.front())) {
        out.push_back(secret_of(joined({letters.begin() + 1, letters.end()}), false));  // without its region
    }
    const std::string name = trimmed(customer);
    for (const auto& each : {name, bare_name(name)}) out.push_back(secret_of(each, true));
    std::erase_if(
        out, [](const Secret& each) { return each.letters.size() < 2 || std::ranges::all_of(each.letters, digit); });
    return out;
}

/// How many letters of the text the secret takes up from there on; 0 when it does not begin there.
std::size_t taken_by(const Secret& secret, const Letters& text, std::size_t from) {
    const auto inner = [&text](std::size_t at) { return at < text.size() && plain(plain_form(text[at])); };
    if (separator(text[from])) return 0;
    if (secret.word && from > 0 && plain(secret.letters.front()) && inner(from - 1)) return 0;
    std::size_t at = from;
    for (const auto& each : secret.letters) {
        while (at < text.size() && separator(text[at])) ++at;
        if (at == text.size() || plain_form(text[at]) != each) return 0;
        ++at;
    }
    if (secret.word && plain(secret.letters.back()) && inner(at)) return 0;
    return at - from;
}

std::size_t digits_from(const Letters& text, std::size_t from) {
    std::size_t at = from;
    while (at < text.size() && digit(text[at])) ++at;
    return at - from;
}

}  // namespace

std::string form_of_address(std::string_view customer) {
    const std::string name = trimmed(customer);
    if (name.empty() || nobody(name)) return {};
    if (static_cast<unsigned char>(name.front()) >= 0x80) return chinese_address(name);
    // Latin names: a title stays, of the rest only the last word, the surname.
    const auto last = name.find_last_of(" \t");
    if (last == std::string::npos) return name.substr(0, 1) + ".";
    const std::string surname = name.substr(last + 1);
    if (std::ranges::any_of(letters_of(surname), digit)) return {};  // a number behind the name
    const std::string title = name.substr(0, name.find_first_of(" \t"));
    return (latin_title(title) ? title + " " : "") + surname;
}

std::string masked_text(std::string_view text, std::string_view customer, std::string_view plate) {
    const Letters letters = letters_of(text);
    const std::vector<Secret> secrets = secrets_of(customer, plate);
    std::string out;
    for (std::size_t at = 0; at < letters.size();) {
        std::size_t taken = 0;
        for (const auto& each : secrets) taken = std::max(taken, taken_by(each, letters, at));
        const std::size_t digits = digits_from(letters, at);
        if (digits >= long_number) taken = std::max(taken, digits);
        if (taken > 0) {
            out += masked;
            at += taken;
            continue;
        }
        out += letters[at];
        ++at;
    }
    return out;
}

}  // namespace baytime
