// baytime sign encode, decode and commands: bytes and fields, without any device.
#include "board/cli/files.hpp"
#include "board/cli/sign.hpp"
#include "board/cli/text.hpp"
#include "board/cli/trouble.hpp"
#include "display-drivers/signs/fields.hpp"
#include "display-drivers/signs/latin.hpp"
#include "display-drivers/signs/page.hpp"
#include "display-drivers/signs/setup.hpp"

#include <iostream>
#include <iterator>

namespace baytime::cli {
namespace {

namespace json = boost::json;

const signs::Codec& codec_of(const signs::Driver& driver) {
    if (driver.codec != nullptr) return *driver.codec;
    throw Trouble(refused, "no-codec", "the driver " + std::string(driver.name) + " explains no commands");
}

[[noreturn]] void wrong(const std::string& token, const std::string& sentence) {
    throw Trouble(usage, token, sentence);
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
            wrong("bad-value", "--field is NAME=VALUE, not " + field);
        }
        out[field.substr(0, equals)] = value_of(field.substr(equals + 1));
    }
    return out;
}

void append(std::vector<signs::Packet>& all, std::vector<signs::Packet> more) {
    all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// What is asked for twice, or would be passed over.
void refuse_contradictions(const SignAsk& ask) {
    if (!ask.fields.empty() && ask.command.empty()) {
        wrong("bad-option",
              "--field " + ask.fields.front() + " belongs to a --command; with --json the fields stand in the object");
    }
    if (!ask.text.empty() && !ask.command.empty()) {
        wrong("bad-option", "--text is a whole page; give the text of a command as --field text=...");
    }
    if (ask.json_in && (!ask.text.empty() || !ask.command.empty() || ask.init)) {
        wrong("bad-option", "--json - reads all that is to be encoded; give nothing else beside it");
    }
}

/// A sign may take less text than there is. What goes when the last letter of a line goes was never sent with it.
void refuse_what_is_cut(const signs::Page& page, const signs::Driver& driver, const signs::Setup& setup) {
    const auto bytes_of = [&](const signs::Page& what) {
        signs::Bytes out;
        for (const auto& packet : driver.show(what, setup)) {
            out.insert(out.end(), packet.bytes.begin(), packet.bytes.end());
        }
        return out;
    };
    const auto whole = bytes_of(page);
    const bool chinese = signs::draws_chinese(driver, setup);
    for (std::size_t i = 0; i < page.lines.size(); ++i) {
        const auto line = signs::text_of({.lines = {page.lines[i]}});
        if (driver.width != nullptr && driver.width(line, setup) == signs::never_fits) {
            wrong("too-long", "line " + std::to_string(i + 1) + " has more letters than the sign's own field");
        }
        signs::Page shorter = page;
        std::string& text = shorter.lines[i].back().text;
        if (text.find_last_not_of(' ') == std::string::npos) continue;
        const std::string in_letters = signs::latin(text);
        do {
            auto letter = text.find_last_not_of(' ');
            while (letter > 0 && (text[letter] & '\xC0') == '\x80') --letter;  // where the UTF-8 letter begins
            text.resize(letter);
            // 维修 and 维修中 are one word in Latin letters: what goes has to be seen.
        } while (!chinese && text.find_last_not_of(' ') != std::string::npos && signs::latin(text) == in_letters);
        if (bytes_of(shorter) != whole) continue;
        wrong("too-long", "line " + std::to_string(i + 1) +
                              " is not sent to its end: the sign takes less text, fewer lines, or has no such letter");
    }
}

std::vector<signs::Packet> packets_of_text(const SignAsk& ask, const signs::Driver& driver, const signs::Setup& setup) {
    const auto page = signs::tidy(signs::page_of(with_lines(ask.text)));
    refuse_what_is_cut(page, driver, setup);
    return driver.show(page, setup);
}

std::vector<signs::Packet> packets_of(const SignAsk& ask, const signs::Driver& driver, const signs::Setup& setup) {
    refuse_contradictions(ask);
    std::vector<signs::Packet> out;
    json::array commands;
    if (ask.json_in) commands = objects_of_input();
    if (!ask.command.empty()) commands.push_back(command_of(ask));
    if (ask.init) append(out, driver.initialise(setup));
    if (!ask.text.empty()) append(out, packets_of_text(ask, driver, setup));
    for (const auto& command : commands) {
        auto encoded = codec_of(driver).encode(command.get_object(), setup);
        if (const auto* fault = std::get_if<signs::CodecFault>(&encoded)) {
            throw Trouble(usage, fault->token, fault->sentence);
        }
        append(out, std::get<std::vector<signs::Packet>>(std::move(encoded)));
    }
    if (out.empty()) {
        wrong("missing-parameter", "encode what? give --text, --init, --command or --json -");
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
    const auto* explained = frame.if_contains("explained");
    const bool strange = explained != nullptr && explained->is_object() && explained->get_object().contains("command");
    std::cout << harmless(plain(fault != nullptr ? *fault
                                : strange        ? explained->get_object().at("command")
                                                 : frame.at("command")));
    if (strange) std::cout << " with values that encode refuses; it takes the bytes";
    if (check != nullptr) std::cout << ", check " << plain(*check);
    std::cout << "\n  " << plain(frame.at("hex")) << "\n";
    print_fields(frame, "  ");
}

std::string hex_input(const SignAsk& ask) {
    if (ask.words.empty()) return read_whole("-");
    std::string out;
    for (const auto& word : ask.words) out += word + " ";
    return out;
}

/// Those of the entries of a list stand below it, indented.
void print_fields_taken(const std::vector<signs::FieldForm>& fields, std::size_t indent) {
    constexpr std::size_t name_columns = 18, accepts_columns = 26;
    const std::string blanks(indent, ' ');
    for (const auto& field : fields) {
        const std::string otherwise = field.otherwise.empty() ? "required" : "else " + field.otherwise;
        std::cout << blanks << fit(field.name, std::max(name_columns - indent, field.name.size())) << " "
                  << fit(field.accepts, accepts_columns) << " " << otherwise << "; " << field.meaning << "\n";
        if (field.accepts.size() > accepts_columns) std::cout << blanks << "  " << field.accepts << "\n";
        if (field.entries != nullptr) print_fields_taken(field.entries(), indent + 2);
    }
}

void print_form(const signs::CommandForm& form, bool fields) {
    constexpr std::size_t name_columns = 18;
    std::cout << fit(form.name, name_columns) << " " << (form.answer ? "(answer) " : "") << form.summary << "\n";
    if (fields) print_fields_taken(form.fields, 2);
}

json::array fields_json(const std::vector<signs::FieldForm>& fields) {
    json::array out;
    for (const auto& field : fields) {
        json::object one{{"name", field.name}, {"accepts", field.accepts}, {"meaning", field.meaning}};
        one["required"] = field.otherwise.empty();
        if (!field.otherwise.empty()) one["otherwise"] = json::parse(field.otherwise);
        if (field.entries != nullptr) one["fields"] = fields_json(field.entries());
        out.push_back(std::move(one));
    }
    return out;
}

json::object form_json(const signs::CommandForm& form) {
    return {{"command", form.name},
            {"summary", form.summary},
            {"answer", form.answer},
            {"fields", fields_json(form.fields)}};
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
    if (!bytes || bytes->empty()) wrong("bad-value", "decode takes hex digits in pairs, such as: 02 41 41 03");
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
    const auto& codec = codec_of(driver_of(ask));
    const auto& forms = codec.commands();
    const std::string wanted = !ask.words.empty() ? ask.words.front() : ask.command;
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
            print_form(form, !wanted.empty() || ask.all_fields);
        }
    }
    if (ask.json) {
        std::cout << json::serialize(out) << "\n";
    } else if (wanted.empty() || ask.all_fields) {
        std::cout << "\nWith every command that is framed\n";
        print_fields_taken(codec.frame_fields(), 2);
    }
    return done;
}

}  // namespace baytime::cli
