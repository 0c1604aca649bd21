// baytime sign: tools to bring a sign to life. Those that need no daemon never speak with one.
#pragma once

#include "board/cli/settings.hpp"
#include "display-drivers/signs/driver.hpp"
#include "display-drivers/signs/port.hpp"

#include <boost/json.hpp>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace baytime::cli {

struct SignAction {
    std::string_view name, usage, summary;
};
/// In the order of the manual.
inline constexpr std::array sign_actions{
    SignAction{"list", "list", "the serial ports of this computer"},
    SignAction{"commands", "commands --driver D [COMMAND]", "what a driver's signs understand"},
    SignAction{"encode", "encode --driver D (--text TEXT | --init | --command C [--field K=V ...] | --json -)",
               "the bytes of a text or of a command, and the pauses"},
    SignAction{"decode", "decode --driver D [HEX ...]", "explains bytes; without HEX those of standard input"},
    SignAction{"test", "test (NAME | --driver D --port P)", "shows a test text and says whether the sign answers"},
    SignAction{"trace", "trace NAME", "what passes between the daemon and a sign, until Ctrl-C"},
    SignAction{"record", "record NAME FILE", "the same into a file"},
    SignAction{"replay", "replay FILE --port P", "sends what a file holds to a port, with its pauses"},
};

/// What stands on the command line behind `sign`.
struct SignAsk {
    std::string action{};
    std::vector<std::string> words{};
    std::string driver{}, text{}, command{}, language{}, port{}, address{}, type{}, format{};
    std::vector<std::string> fields{}, options{};
    int columns = 0, rows = 0, brightness = 0, baud = 0;  ///< 0: as the driver has it
    bool init = false, hex = false, json = false, json_in = false;
    bool all_fields = false;  ///< of every command
    Settings daemon{};        ///< for the actions that ask the daemon
};

/// Throws Trouble{usage}.
SignAsk read_sign_words(int count, const char* const* arguments, const Environment& environment);
/// Whether the first word of the command line is `sign`.
bool is_sign(int count, const char* const* arguments);
/// Returns the exit code; throws Trouble.
int run_sign(const SignAsk& ask);

const signs::Driver& driver_of(const SignAsk& ask);
/// The sign as the options describe it. Throws Trouble{usage}.
signs::Setup setup_of(const SignAsk& ask, const signs::Driver& driver);
signs::PortSettings port_of(const SignAsk& ask, const signs::Driver* driver);
/// A JSON object or array of objects from standard input.
boost::json::array objects_of_input();

/// What encode prints, and what it exits with.
int sign_encode(const SignAsk& ask);
int sign_decode(const SignAsk& ask);
int sign_commands(const SignAsk& ask);
int sign_list(const SignAsk& ask);
int sign_test(const SignAsk& ask);
int sign_trace(const SignAsk& ask);
int sign_replay(const SignAsk& ask);

}  // namespace baytime::cli
