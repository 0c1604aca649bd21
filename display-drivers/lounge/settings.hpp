// What the owner of the screen chose: config/lounge.toml and the command line.
#pragma once

#include "board/client/client.hpp"
#include "display-drivers/lounge/grid.hpp"
#include "display-drivers/lounge/model.hpp"

#include <string>

namespace baytime::lounge {

enum class Orientation { automatic, landscape, portrait };

struct Settings {
    std::string host = "127.0.0.1";
    std::string port;  ///< empty: 7420, or 7421 with TLS
    client::Security security;
    std::string token;
    double inches = 55;
    double distance_m = 6;
    int width = 0, height = 0;  ///< pixels; 0: the display's own, full screen
    int display = 0;
    Orientation orientation = Orientation::automatic;
    LanguageChoice language = LanguageChoice::chinese;
    bool light = false;
    std::string logo;  ///< file, `none`, or empty for the built-in one
    std::string title;
    std::string font;
    bool drift = true;
    Hours dim, closed;
    bool chime = false;
    int volume = 40;   ///< percent
    std::string code;  ///< text of the QR code
};

/// Reads a configuration file. Throws config::ConfigError with every fault found.
Settings read_settings(const std::string& path);
/// The same from text, for tests; `name` stands for the file in messages.
Settings parse_settings(std::string_view text, const std::string& name);
/// `1920x1080`. Throws std::runtime_error that says what would be right.
void set_size(Settings& settings, const std::string& text);
/// Port, TLS and the file of known servers, from what was given. Throws std::runtime_error.
void complete(Settings& settings);
/// `zh`, `en` or `both`.
LanguageChoice language_choice(const std::string& word);

}  // namespace baytime::lounge
