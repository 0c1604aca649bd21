// baytime sign list, test and replay: the ports of this computer, and one sign at one of them.
#include "board/cli/connection.hpp"
#include "board/cli/files.hpp"
#include "board/cli/sign.hpp"
#include "board/cli/sign_record.hpp"
#include "board/cli/signals.hpp"
#include "board/cli/text.hpp"
#include "board/cli/trouble.hpp"
#include "display-drivers/signs/fields.hpp"
#include "display-drivers/signs/setup.hpp"
#include "display-drivers/signs/wire.hpp"

#include <cstdio>
#include <iostream>
#include <sstream>
#include <thread>

namespace baytime::cli {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto longest_answer = 1500ms;
/// Longest sleep in one go: Ctrl-C ends it.
constexpr std::chrono::milliseconds look_around = 100ms;

std::string usb_ids(const signs::SerialPort& port) {
    std::array<char, 16> out{};
    if (port.usb_maker) std::snprintf(out.data(), out.size(), "%04x:%04x", *port.usb_maker, *port.usb_product);
    return out.data();
}

json::object port_json(const signs::SerialPort& port) {
    json::object out{{"port", "serial:" + (port.by_id.empty() ? port.device : port.by_id)}, {"device", port.device}};
    for (const auto& [key, value] : {std::pair{"usb", usb_ids(port)},
                                     {"maker", port.maker},
                                     {"product", port.product},
                                     {"serial", port.serial},
                                     {"description", port.description}}) {
        if (!value.empty()) out[key] = value;
    }
    return out;
}

void pause(std::chrono::milliseconds time) {
    const auto until = Clock::now() + time;
    while (!asked_to_stop() && Clock::now() < until) {
        std::this_thread::sleep_for(std::min<Clock::duration>(look_around, until - Clock::now()));
    }
}

/// One sign at one port, and what it said.
class Player {
public:
    Player(const SignAsk& ask, const signs::Driver& driver)
        : driver_(driver), setup_(setup_of(ask, driver)), wire_(port_of(ask, &driver)) {}

    void play(const std::vector<signs::Packet>& packets) {
        for (const auto& packet : packets) {
            if (asked_to_stop()) return;
            wire_.write(packet.bytes);
            sent_ += packet.bytes.size();
            if (packet.acknowledged && driver_.acknowledge != nullptr) {
                listen([&](const signs::Bytes& heard) { return driver_.acknowledge(packet, heard, setup_); });
            }
            pause(packet.pause_after);
        }
    }

    void question(signs::Question question) {
        if (driver_.ask == nullptr || driver_.judge == nullptr) return;
        const auto packets = driver_.ask(question, setup_);
        for (const auto& packet : packets) wire_.write(packet.bytes);
        listen([&](const signs::Bytes& heard) { return driver_.judge(question, heard, setup_); });
    }

    const signs::Setup& setup() const { return setup_; }
    std::size_t sent() const { return sent_; }
    const signs::Bytes& heard() const { return heard_; }
    bool answered() const { return answered_; }
    bool refused_it() const { return refused_; }

private:
    template <typename Judge>
    void listen(Judge judge) {
        const auto until = Clock::now() + longest_answer;
        signs::Bytes now;
        while (!asked_to_stop() && Clock::now() < until) {
            const auto more = wire_.read(until);
            now.insert(now.end(), more.begin(), more.end());
            heard_.insert(heard_.end(), more.begin(), more.end());
            const auto answer = judge(now);
            if (answer == signs::Answer::partial) continue;
            answered_ = true;
            if (answer == signs::Answer::bad || answer == signs::Answer::refused) refused_ = true;
            return;
        }
    }

    const signs::Driver& driver_;
    signs::Setup setup_;
    signs::Wire wire_;
    std::size_t sent_ = 0;
    signs::Bytes heard_;
    bool answered_ = false, refused_ = false;
};

/// `--baud 115200|57600|38400`: what signs of this driver may be set to.
std::string speeds_of(const signs::Driver& driver) {
    std::string out;
    for (const int speed : driver.speeds) out += (out.empty() ? "" : "|") + std::to_string(speed);
    return "--baud " + (out.empty() ? "4800|9600|19200|57600" : out) + ", --format 8N1|7E1";
}

/// Whether a sign of this kind says anything, as it is described.
bool can_answer(const signs::Driver& driver, const signs::Setup& setup) {
    const auto asks = [&](signs::Question question) {
        return driver.ask != nullptr && !driver.ask(question, setup).empty();
    };
    const auto packets = driver.show(signs::test_page(false), setup);
    return asks(signs::Question::memory) || asks(signs::Question::errors) ||
           (driver.acknowledge != nullptr && std::ranges::any_of(packets, &signs::Packet::acknowledged));
}

std::string silent_hints(const std::string& speeds, bool could) {
    return (could ? "The sign has not answered, and signs of this kind do: most often when only the line towards it is "
                    "wired.\n"
                  : "Signs of this kind say nothing, as they are described here: look at the glass.\n") +
           std::string(
               "When the glass does not show the test text either:\n"
               "  - power: is any dot lit when the sign is switched on?\n"
               "  - RS-232: swap pins 2 and 3 (TX, RX) and connect ground; RS-485: swap A and B, and end the "
               "line with 120 ohm\n"
               "  - try the other speeds and formats: ") +
           speeds +
           "\n"
           "  - try the address of every sign, which most protocols have; the page of the driver says which\n"
           "  - on a converter with lamps, TX must blink while this command runs\n";
}

constexpr std::string_view heard_hints =
    "Something came back, and it is no answer of this driver. Most often the speed or the format is wrong (--baud,\n"
    "--format), the driver is another one, or an RS-485 converter hears itself.\n";

int test_directly(const SignAsk& ask) {
    const auto& driver = driver_of(ask);
    Player player(ask, driver);
    if (driver.initialise != nullptr) player.play(driver.initialise(player.setup()));
    player.play(driver.show(signs::test_page(signs::draws_chinese(driver, player.setup())), player.setup()));
    if (!player.answered()) player.question(signs::Question::memory);
    if (!player.answered()) player.question(signs::Question::errors);
    const bool noise = !player.answered() && !player.heard().empty();
    const bool could = can_answer(driver, player.setup());
    if (ask.json) {
        const json::object out{{"driver", ask.driver},
                               {"port", ask.port},
                               {"sent_bytes", player.sent()},
                               {"answers", player.answered()},
                               {"refused", player.refused_it()},
                               {"heard", signs::hex_of(player.heard())},
                               {"can_answer", could}};
        std::cout << json::serialize(out) << "\n";
    } else {
        std::cout << "sent=" << player.sent() << " answers=" << (player.answered() ? "yes" : "no") << "\n";
        if (!player.heard().empty()) std::cout << "heard " << signs::hex_of(player.heard()) << "\n";
        if (player.refused_it()) std::cout << "The sign has refused something; baytime sign decode explains it.\n";
        if (!player.answered())
            std::cout << (noise ? std::string(heard_hints) : silent_hints(speeds_of(driver), could));
    }
    return player.refused_it() || (could && !player.answered()) ? refused : done;
}

}  // namespace

int sign_list(const SignAsk& ask) {
    const auto ports = signs::serial_ports();
    json::array all;
    for (const auto& port : ports) all.push_back(port_json(port));
    if (ask.json) {
        std::cout << json::serialize(all) << "\n";
        return done;
    }
    for (const auto& port : all) {
        std::string line;
        for (const auto& [key, value] : port.get_object()) {
            const std::string text = harmless(std::string_view(value.get_string()));
            const bool plain = text.find(' ') == std::string::npos;
            line += (line.empty() ? "" : " ") + std::string(key) + "=" + (plain ? text : '"' + text + '"');
        }
        std::cout << line << "\n";
    }
    if (ports.empty()) {
        std::cout << "no serial port found; a USB converter that is plugged in shows in the last lines of dmesg\n";
    }
    return done;
}

int sign_test(const SignAsk& ask) {
    try {
        if (ask.words.empty()) return catch_signals(), test_directly(ask);
    } catch (const signs::PortError& error) {
        throw Trouble(refused, "port-" + error.kind, error.what());
    }
    const json::object result = call_once(ask.daemon, "sign-test", {{"sign", ask.words.front()}}, false);
    if (ask.json) {
        std::cout << harmless_json(json::serialize(result)) << "\n";
    } else {
        for (const auto& [key, value] : result) {
            std::cout << std::string_view(key) << "="
                      << harmless(value.is_string() ? std::string(value.get_string()) : json::serialize(value)) << " ";
        }
        std::cout << "\n";
    }
    const auto* state = result.if_contains("state");
    if (state == nullptr || *state != "silent") return done;
    if (!ask.json) std::cout << silent_hints("baud and format of the [[sign]]; baud = \"auto\" finds the speed", true);
    return refused;
}

int sign_replay(const SignAsk& ask) {
    if (ask.words.size() != 1) throw Trouble(usage, "missing-parameter", "usage: baytime sign replay FILE --port P");
    std::istringstream file(read_whole(ask.words.front()));
    const auto entries = read_record(file);
    const auto* driver = ask.driver.empty() ? nullptr : &driver_of(ask);
    catch_signals();
    std::size_t sent = 0, heard = 0;
    try {
        signs::Wire wire(port_of(ask, driver));
        const auto begin = Clock::now();
        for (const auto& entry : entries) {
            if (entry.kind != RecordEntry::Kind::sent) continue;
            for (auto until = begin + entry.after; !asked_to_stop() && Clock::now() < until;) {
                heard += wire.read(std::min<Clock::time_point>(until, Clock::now() + look_around)).size();
            }
            if (asked_to_stop()) break;
            wire.write(entry.bytes);
            sent += entry.bytes.size();
        }
        heard += wire.read(Clock::now() + look_around).size();
    } catch (const signs::PortError& error) {
        throw Trouble(refused, "port-" + error.kind, error.what());
    }
    if (ask.json) {
        std::cout << json::serialize(json::object{{"sent_bytes", sent}, {"heard_bytes", heard}}) << "\n";
    } else {
        std::cout << "sent=" << sent << " heard=" << heard << "\n";
    }
    return done;
}

}  // namespace baytime::cli
