// baytime sign encode, decode and commands: bytes and fields, without any device.
#include "board/cli/sign.hpp"
#include "board/cli/text.hpp"
#include "board/cli/trouble.hpp"
#include "display-drivers/signs/fields.hpp"

#include <iostream>
#include <iterator>

namespace baytime::cli {
namespace {

namespace json = boost::json;

const signs::Codec& codec_of(const signs::Driver& driver) {
    if (driver.codec != nullptr) return *driver.codec;
    throw Trouble(refused, "no-codec", "the driver " + std::string(driver.name) + " explains no commands");
}

/// `\n` as typed in a shell is a new line.
std::string with_lines(std::string text) {
    for (auto at = text.find("\\n"); at != std::string::npos; at = text.find("\\n", at + 1)) text.replace(at, 2, "\n");
    return text;
}

/// A list or an object is JSON; anything else is a text, which a number field reads as digits.
json::value value_of(const std::string& text) {
    if (!text.starts_with('[') && !text.starts_with('{')) return json::string(text);
    boost::system::error_code failed;
    auto value = json::parse(text, failed);
    // `{red}BAY 1` is a text.
    return failed ? json::value(json::string(text)) : value;
}

json::object command_of(const SignAsk& ask) {
    json::object out{{"command", ask.command}};
    for (const auto& field : ask.fields) {
        const auto equals = field.find('=');
        if (equals == std::string::npos) {
            throw Trouble(usage, "bad-value", "--field is NAME=VALUE, not " + field);
        }
        out[field.substr(0, equals)] = value_of(field.substr(equals + 1));
    }
    return out;
}

void append(std::vector<signs::Packet>& all, std::vector<signs::Packet> more) {
    all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

std::vector<signs::Packet> packets_of(const SignAsk& ask, const signs::Driver& driver, const signs::Setup& setup) {
    std::vector<signs::Packet> out;
    json::array commands;
    if (ask.json_in) commands = objects_of_input();
    if (!ask.command.empty()) commands.push_back(command_of(ask));
    if (ask.init) append(out, driver.initialise(setup));
    if (!ask.text.empty()) append(out, driver.show(signs::page_of(with_lines(ask.text)), setup));
    for (const auto& command : commands) {
        auto encoded = codec_of(driver).encode(command.get_object(), setup);
        if (const auto* fault = std::get_if<signs::CodecFault>(&encoded)) {
            throw Trouble(usage, fault->token, fault->sentence);
        }
        append(out, std::get<std::vector<signs::Packet>>(std::move(encoded)));
    }
    if (out.empty()) {
        throw Trouble(usage, "missing-parameter", "encode what? give --text, --init, --command or --json -");
    }
    return out;
}

json::array as_json(const std::vector<signs::Packet>& packets) {
    json::array out;
    for (const auto& packet : packets) {
        json::object one{{"hex", signs::hex_of(packet.bytes)}, {"pause_ms", packet.pause_after.count()}};
        if (!packet.target.empty()) one["target"] = packet.target;
        if (packet.acknowledged) one["acknowledged"] = true;
        out.push_back(std::move(one));
    }
    return out;
}

std::string plain(const json::value& value) {
    return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

/// One frame as lines: what it is, then its fields, lists indented.
void print_fields(const json::object& fields, const std::string& indent) {
    constexpr std::string_view in_head[] = {"offset", "length", "hex", "command", "check", "fault"};
    constexpr std::size_t name_columns = 16;
    for (const auto& [key, value] : fields) {
        if (indent == "  " && std::ranges::find(in_head, std::string_view(key)) != std::end(in_head)) continue;
        const bool list = value.is_array() && !value.get_array().empty() && value.get_array()[0].is_object();
        if (value.is_object()) {
            std::cout << indent << std::string_view(key) << "\n";
            print_fields(value.get_object(), indent + "  ");
        } else if (list) {
            for (const auto& one : value.get_array()) {
                std::cout << indent << std::string_view(key) << "\n";
                print_fields(one.get_object(), indent + "  ");
            }
        } else {
            std::cout << indent << fit(std::string_view(key), name_columns) << " " << harmless(plain(value)) << "\n";
        }
    }
}

void print_frame(const json::object& frame) {
    const auto* fault = frame.if_contains("fault");
    const auto* check = frame.if_contains("check");
    std::cout << "@" << plain(frame.at("offset")) << " " << plain(frame.at("length")) << " bytes: ";
    std::cout << harmless(plain(fault != nullptr ? *fault : frame.at("command")));
    if (check != nullptr) std::cout << ", check " << plain(*check);
    std::cout << "\n  " << plain(frame.at("hex")) << "\n";
    print_fields(frame, "  ");
}

std::string hex_input(const SignAsk& ask) {
    if (ask.words.empty()) return {std::istreambuf_iterator<char>(std::cin), {}};
    std::string out;
    for (const auto& word : ask.words) out += word + " ";
    return out;
}

void print_form(const signs::CommandForm& form, bool fields) {
    constexpr std::size_t name_columns = 18, accepts_columns = 26;
    std::cout << fit(form.name, name_columns) << " " << (form.answer ? "(answer) " : "") << form.summary << "\n";
    if (!fields) return;
    for (const auto& field : form.fields) {
        const std::string otherwise = field.otherwise.empty() ? "required" : "else " + field.otherwise;
        std::cout << "  " << fit(field.name, name_columns - 2) << " " << fit(field.accepts, accepts_columns) << " "
                  << otherwise << "; " << field.meaning << "\n";
        if (field.accepts.size() > accepts_columns) std::cout << "    " << field.accepts << "\n";
    }
}

json::object form_json(const signs::CommandForm& form) {
    json::array fields;
    for (const auto& field : form.fields) {
        json::object one{{"name", field.name}, {"accepts", field.accepts}, {"meaning", field.meaning}};
        one["required"] = field.otherwise.empty();
        if (!field.otherwise.empty()) one["otherwise"] = json::parse(field.otherwise);
        fields.push_back(std::move(one));
    }
    return {{"command", form.name}, {"summary", form.summary}, {"answer", form.answer}, {"fields", std::move(fields)}};
}

}  // namespace

int sign_encode(const SignAsk& ask) {
    const auto& driver = driver_of(ask);
    const auto packets = packets_of(ask, driver, setup_of(ask, driver));
    if (ask.json) {
        std::cout << json::serialize(as_json(packets)) << "\n";
        return done;
    }
    for (const auto& packet : packets) {
        std::cout << signs::hex_of(packet.bytes);
        if (!ask.hex) std::cout << "\n  then wait " << packet.pause_after.count() << " ms";
        if (!ask.hex && packet.acknowledged) std::cout << " and for the answer";
        if (!ask.hex && !packet.target.empty()) std::cout << "; writes " << packet.target;
        std::cout << "\n";
    }
    return done;
}

int sign_decode(const SignAsk& ask) {
    const auto& driver = driver_of(ask);
    const auto setup = setup_of(ask, driver);
    const auto bytes = signs::bytes_of_hex(hex_input(ask));
    if (!bytes) throw Trouble(usage, "bad-value", "decode takes hex digits in pairs, such as: 02 41 41 03");
    const auto frames = codec_of(driver).decode(*bytes, setup);
    bool sound = true;
    for (const auto& frame : frames) {
        const auto& fields = frame.get_object();
        const auto* check = fields.if_contains("check");
        if (fields.contains("fault") ||
            (check != nullptr && check->is_string() && check->get_string().starts_with("bad")))
            sound = false;
        if (!ask.json) print_frame(fields);
    }
    if (ask.json) std::cout << harmless_json(json::serialize(frames)) << "\n";
    return sound ? done : refused;
}

int sign_commands(const SignAsk& ask) {
    const auto& forms = codec_of(driver_of(ask)).commands();
    const std::string wanted = ask.words.empty() ? "" : ask.words.front();
    if (!wanted.empty()) {
        const auto form = signs::form_of(forms, {{"command", wanted}});
        if (const auto* fault = std::get_if<signs::CodecFault>(&form)) {
            throw Trouble(usage, fault->token, fault->sentence);
        }
    }
    json::array out;
    for (const auto& form : forms) {
        if (!wanted.empty() && form.name != wanted) continue;
        if (ask.json) {
            out.push_back(form_json(form));
        } else {
            print_form(form, !wanted.empty());
        }
    }
    if (ask.json) std::cout << json::serialize(out) << "\n";
    return done;
}

}  // namespace baytime::cli
