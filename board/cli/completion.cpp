#include "board/cli/completion.hpp"

#include "board/cli/arguments.hpp"
#include "board/cli/local_verbs.hpp"
#include "board/cli/sign.hpp"
#include "protocol/table.hpp"

#include <algorithm>
#include <vector>

namespace baytime::cli {
namespace {

std::string spaced(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
    return out;
}

std::vector<std::string> all_verbs() {
    std::vector<std::string> names;
    for (const auto& verb : protocol::verbs()) names.emplace_back(verb.name);
    for (const auto& verb : local_verbs) names.emplace_back(verb.name);
    std::ranges::sort(names);
    return names;
}

/// The words for a parameter, where there are some.
std::vector<std::string> words_for(const protocol::Parameter& parameter) {
    if (parameter.name == "view") return {"lounge", "workshop", "alerts", "events", "bay:"};
    return choices(parameter);
}

// What may follow the verb: `name=` for a value, the bare name for yes, and words that need no name.
std::string parameters_of(const protocol::Verb& verb) {
    std::vector<std::string> words;
    for (const auto& parameter : verb.parameters) {
        words.push_back(parameter.flag ? parameter.name : parameter.name + "=");
        if (!parameter.flag) std::ranges::copy(words_for(parameter), std::back_inserter(words));
    }
    if (verb.acts) {
        for (const auto& parameter : protocol::common_parameters()) words.push_back(parameter.name + "=");
    }
    return spaced(words);
}

// `verb parameter) values`: a name may take other words in another verb.
std::string value_lines() {
    std::string out;
    for (const auto& verb : protocol::verbs()) {
        for (const auto& parameter : verb.parameters) {
            const auto words = words_for(parameter);
            if (words.empty()) continue;
            out += "        '" + std::string(verb.name) + " " + parameter.name + "') echo '" + spaced(words) + "' ;;\n";
        }
    }
    return out;
}

std::string sign_words() {
    std::string out;
    for (const auto& action : sign_actions) out += (out.empty() ? "" : " ") + std::string(action.name);
    return out;
}

/// Behind `sign`; bash offers them where a word begins with a dash.
constexpr std::string_view sign_options =
    "--address --baud --brightness --columns --command --driver --field --format --hex --init --json --lang --option "
    "--port --rows --text --type";

std::string driver_names() {
    std::string out;
    for (const auto& driver : signs::drivers()) out += (out.empty() ? "" : " ") + std::string(driver.name);
    return out;
}

constexpr std::string_view options =
    "--as --config --device --fingerprint --help --host --json --known-hosts --lang --once --port --prometheus --tls "
    "--token --token-file --version";

// clang-format off
constexpr std::string_view frame = R"bash(_baytime() {
    local current previous verb name words i
    current=${COMP_WORDS[COMP_CWORD]}
    previous=${COMP_WORDS[COMP_CWORD-1]}
    COMPREPLY=()
    # bash splits words at '=', so a value arrives as: name, =, value
    if [[ $current == '=' ]]; then name=$previous current=''
    elif [[ $previous == '=' ]]; then name=${COMP_WORDS[COMP_CWORD-2]}
    fi
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
            --host | --port | --token | --token-file | --device | --as | --lang | --config) ((i++)) ;;
            --fingerprint | --known-hosts) ((i++)) ;;
            -*) ;;
            *) verb=${COMP_WORDS[i]}; break ;;
        esac
    done
    case $previous in
        --driver) COMPREPLY=($(compgen -W "$_baytime_drivers" -- "$current")); return ;;
        --lang) COMPREPLY=($(compgen -W 'zh en' -- "$current")); return ;;
        --token-file | --config | --known-hosts) COMPREPLY=($(compgen -f -- "$current")); return ;;
        --host | --port | --token | --device | --as | --fingerprint) return ;;
    esac
    if [[ -n $name ]]; then
        COMPREPLY=($(compgen -W "$(_baytime_values "$verb $name")" -- "$current"))
    elif [[ $current == -* && $verb == sign ]]; then
        COMPREPLY=($(compgen -W "$_baytime_sign_options" -- "$current"))
    elif [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "$_baytime_options" -- "$current"))
    elif [[ -z $verb ]]; then
        COMPREPLY=($(compgen -W "$_baytime_verbs" -- "$current"))
    else
        words=" $(_baytime_parameters "$verb") "
        # what was said already is not offered again
        for ((; i < COMP_CWORD; i++)); do
            [[ ${COMP_WORDS[i+1]} == '=' ]] && words=${words/ ${COMP_WORDS[i]}= / }
        done
        COMPREPLY=($(compgen -W "$words" -- "$current"))
        [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace
    fi
}

complete -F _baytime baytime
)bash";
// clang-format on

}  // namespace

std::string bash_completion() {
    std::string out = "# bash completion for baytime. Made by: baytime completion bash\n\n";
    out += "_baytime_verbs='" + spaced(all_verbs()) + "'\n";
    out += "_baytime_options='" + std::string(options) + "'\n";
    out += "_baytime_sign_options='" + std::string(sign_options) + "'\n";
    out += "_baytime_drivers='" + driver_names() + "'\n\n";
    out += "_baytime_parameters() {\n    case $1 in\n";
    for (const auto& verb : protocol::verbs()) {
        if (verb.name == "help") continue;
        const std::string words = parameters_of(verb);
        if (!words.empty()) out += "        " + std::string(verb.name) + ") echo '" + words + "' ;;\n";
    }
    out += "        help) echo \"$_baytime_verbs\" ;;\n        completion) echo bash ;;\n        sign) echo '" +
           sign_words() + "' ;;\n    esac\n}\n\n";
    out += "_baytime_values() {\n    case $1 in\n" + value_lines() + "    esac\n}\n\n";
    return out + std::string(frame);
}

}  // namespace baytime::cli
