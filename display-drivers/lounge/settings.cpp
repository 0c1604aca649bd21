// The lounge's configuration file. Unknown keys are errors.
#include "display-drivers/lounge/settings.hpp"

#include "board/client/known_hosts.hpp"
#include "config/names.hpp"
#include "config/reader.hpp"

#include <charconv>
#include <optional>
#include <stdexcept>

namespace baytime::lounge {

namespace {

constexpr int least_pixels = 320;
constexpr int most_pixels = 8192;

std::optional<int> whole_number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// `07:30` as time since midnight.
std::optional<std::chrono::minutes> hour(const std::string& text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const auto hours = whole_number(std::string_view(text).substr(0, 2));
    const auto minutes = whole_number(std::string_view(text).substr(3));
    if (!hours || !minutes || *hours < 0 || *hours > 23 || *minutes < 0 || *minutes > 59) return std::nullopt;
    return std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
}

Hours hours(const config::Table& table, const std::string& what) {
    const auto read = [&](const std::string& key) {
        const std::string text = table.text(key, "");
        if (text.empty()) return std::chrono::minutes(0);
        const auto value = hour(text);
        if (!value) table.fault(key, "this is no time of day", "a time of day like \"19:00\"");
        return value.value_or(std::chrono::minutes(0));
    };
    const Hours found{read(what + "_from"), read(what + "_to")};
    if (table.has(what + "_from") != table.has(what + "_to")) {
        table.fault(what + (table.has(what + "_from") ? "_from" : "_to"), "one end of these hours is missing",
                    "both " + what + "_from and " + what + "_to, or neither");
    }
    return found;
}

Orientation orientation_of(const std::string& word) {
    if (word == "landscape") return Orientation::landscape;
    return word == "portrait" ? Orientation::portrait : Orientation::automatic;
}

void read_screen(const config::Table& screen, Settings& settings) {
    settings.inches = screen.real("inches", settings.inches, 5, 300);
    settings.distance_m = screen.real("distance_m", settings.distance_m, 0.5, 50);
    settings.width = static_cast<int>(screen.number("width", 0, 0, most_pixels));
    settings.height = static_cast<int>(screen.number("height", 0, 0, most_pixels));
    const bool given = settings.width != 0 || settings.height != 0;
    if (given && (settings.width < least_pixels || settings.height < least_pixels)) {
        screen.fault(settings.width < least_pixels ? "width" : "height", "too small for a board",
                     "both width and height of at least 320, or neither");
    }
    settings.display = static_cast<int>(screen.number("display", 0, 0, 15));
    settings.orientation = orientation_of(screen.choice("orientation", "auto", {"auto", "landscape", "portrait"}));
    settings.language = language_choice(screen.choice("language", "zh", {"zh", "en", "both"}));
    settings.light = screen.choice("theme", "dark", {"dark", "light"}) == "light";
    settings.logo = screen.text("logo", "");
    settings.title = config::name(screen, "title", "");
    settings.font = screen.text("font", "");
    settings.drift = screen.yes("drift", true);
}

Settings settings_of(const config::File& file) {
    Settings settings;
    const auto root = file.root();
    const auto daemon = root.table("daemon");
    settings.host = daemon.text("host", settings.host);
    if (const auto port = daemon.number("port", 0, 0, 65535); port > 0) settings.port = std::to_string(port);
    settings.security.tls = daemon.yes("tls", false);
    settings.security.fingerprint = daemon.text("fingerprint", "");
    settings.security.known_hosts = daemon.text("known_hosts", "");
    settings.token = daemon.text("token", "");
    read_screen(root.table("screen"), settings);
    const auto night = root.table("night");
    settings.dim = hours(night, "dim");
    settings.closed = hours(night, "closed");
    const auto sound = root.table("sound");
    settings.chime = sound.yes("chime", false);
    settings.volume = static_cast<int>(sound.number("volume", settings.volume, 0, 100));
    settings.code = root.table("footer").text("qr", "");
    file.finish();
    return settings;
}

}  // namespace

Settings read_settings(const std::string& path) {
    return settings_of(config::File::read(path));
}

Settings parse_settings(std::string_view text, const std::string& name) {
    return settings_of(config::File::parse(text, name));
}

void complete(Settings& settings) {
    auto& security = settings.security;
    if (!security.fingerprint.empty()) {
        security.tls = true;
        if (client::plain_fingerprint(security.fingerprint).empty())
            throw std::runtime_error("this is no fingerprint of a certificate: " + security.fingerprint +
                                     " (64 digits 0-9 a-f, as baytime tls shows on the daemon's computer)");
    }
    if (security.tls && security.known_hosts.empty()) security.known_hosts = client::usual_known_hosts();
    if (settings.port.empty()) settings.port = security.tls ? "7421" : "7420";
}

void set_size(Settings& settings, const std::string& text) {
    const auto cross = text.find('x');
    const auto width = whole_number(text.substr(0, cross));
    const auto height = cross == std::string::npos ? std::nullopt : whole_number(text.substr(cross + 1));
    const auto good = [](std::optional<int> value) { return value && *value >= least_pixels && *value <= most_pixels; };
    if (!good(width) || !good(height)) {
        throw std::runtime_error("not a size: " + text + " (write it like 1920x1080; each side from 320 to 8192)");
    }
    settings.width = *width;
    settings.height = *height;
}

LanguageChoice language_choice(const std::string& word) {
    if (word == "en") return LanguageChoice::english;
    return word == "both" ? LanguageChoice::both : LanguageChoice::chinese;
}

}  // namespace baytime::lounge
