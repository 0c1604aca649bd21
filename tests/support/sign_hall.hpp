// A real baytimed whose signs are played by a real baytime-signsim, one pseudo-terminal for each line, with the glass
// of every sign and the daemon's health of it at hand.
#pragma once

#include "tests/support/daemon_process.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temp_dir.hpp"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <boost/json.hpp>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace baytime::support {

struct HungSign {
    std::string name{};
    std::string driver{};
    std::string bay = "1";
    std::string line{};   ///< signs of one name share a pseudo-terminal; empty: its own
    std::string place{};  ///< more TOML of [[sign]], such as `columns = 96`
    std::string texts = "state = \"{order}\"\nready = \"{order}\"\nidle = \"0\"\nstale = \"9\"\nneutral = \"\"\n";
    std::string options{};  ///< TOML of [sign.options]
};

class SignHall {
public:
    /// The shop of the transcripts (bays 1 to 3) with these signs. Throws std::runtime_error when it does not come up.
    explicit SignHall(const std::vector<HungSign>& signs) : SignHall(signs, {}, {}) {}
    /// With `from` replaced by `to` in the shop's file.
    SignHall(const std::vector<HungSign>& signs, const std::string& from, const std::string& to)
        : events_(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {
        ::inotify_add_watch(events_, dir_.path().c_str(), IN_MOVED_TO);
        const auto config = write_shop(dir_.path(), toml(signs), from, to);
        simulator_.emplace(std::vector<std::string>{built("display-drivers/signs/baytime-signsim"), "--config", config,
                                                    "--report", report_path()},
                           std::vector<std::string>{}, (dir_.path() / "signs.log").string());
        if (!until([&] { return std::filesystem::exists(report_path()); }))
            throw std::runtime_error("the simulator did not start: " + file_text(dir_.path() / "signs.log"));
        daemon_.emplace(config);
        words_.emplace(daemon_->connect());
        json_.emplace(daemon_->connect());
    }
    ~SignHall() { ::close(events_); }
    SignHall(const SignHall&) = delete;
    SignHall& operator=(const SignHall&) = delete;

    DaemonProcess& daemon() { return *daemon_; }
    /// Says a line of words to the daemon. Throws std::runtime_error when the answer is not OK.
    void say(const std::string& line) {
        const auto reply = ask(*words_, line);
        if (!reply.starts_with("OK")) throw std::runtime_error(line + ": " + reply);
    }
    /// A line for the simulator's standard input.
    void control(const std::string& line) { simulator_->write(line + "\n"); }

    /// What the glass of this sign shows now; empty when it is dark.
    std::string glass(const std::string& sign) const { return text_of(report(), sign); }
    /// How often what it shows has changed.
    std::uint64_t pages(const std::string& sign) const { return number_of(report(), sign, "pages"); }

    struct Health {
        std::string state{}, errors_by_kind{};
        std::uint64_t errors = 0;
        bool up_to_date = false, written = false, replied = false;
    };
    /// Of every sign, as the daemon tells it, by name.
    std::map<std::string, Health> health() {
        const auto reply = boost::json::parse(ask(*json_, R"({"jsonrpc":"2.0","id":1,"method":"health"})"));
        std::map<std::string, Health> out;
        for (const auto& one : reply.at("result").at("signs").as_array()) {
            const auto& sign = one.as_object();
            Health health{.state = std::string(sign.at("state").as_string()),
                          .errors = sign.at("errors").to_number<std::uint64_t>(),
                          .up_to_date = sign.at("up_to_date").as_bool(),
                          .written = sign.contains("last_good_write"),
                          .replied = sign.contains("last_reply")};
            if (const auto* kinds = sign.if_contains("errors_by_kind"))
                health.errors_by_kind = std::string(kinds->as_string());
            out.emplace(std::string(sign.at("sign").as_string()), std::move(health));
        }
        return out;
    }

    /// Looks again after each change of a glass, and now and then because health tells nobody. False on the deadline.
    bool until(const std::function<bool()>& reached, std::chrono::milliseconds longest = daemon_deadline) const {
        constexpr int look_again_ms = 100;
        const auto end = std::chrono::steady_clock::now() + longest;
        while (!reached()) {
            if (std::chrono::steady_clock::now() > end) return false;
            pollfd ready{events_, POLLIN, 0};
            ::poll(&ready, 1, look_again_ms);
            char ignored[4096];
            while (::read(events_, ignored, sizeof ignored) > 0) {
            }
        }
        return true;
    }

private:
    std::string report_path() const { return (dir_.path() / "report.json").string(); }

    std::string toml(const std::vector<HungSign>& signs) const {
        std::string out;
        for (const auto& sign : signs) {
            const auto port = dir_.path() / "lines" / (sign.line.empty() ? sign.name : sign.line);
            out += "[[sign]]\nname = \"" + sign.name + "\"\ndriver = \"" + sign.driver + "\"\nbay = \"" + sign.bay +
                   "\"\nport = \"pty:" + port.string() + "\"\n" + sign.place + "[sign.text]\n" + sign.texts;
            if (!sign.options.empty()) out += "[sign.options]\n" + sign.options;
        }
        return out;
    }

    boost::json::object report() const {
        boost::system::error_code failed;
        const auto value = boost::json::parse(file_text(report_path()), failed);
        return !failed && value.is_object() ? value.as_object() : boost::json::object{};
    }
    static const boost::json::object* sign_in(const boost::json::object& report, const std::string& sign) {
        const auto* signs = report.if_contains("signs");
        const auto& all = signs == nullptr ? report : signs->as_object();
        const auto* found = all.if_contains(sign);
        return found == nullptr ? nullptr : found->if_object();
    }
    static std::string text_of(const boost::json::object& report, const std::string& sign) {
        const auto* found = sign_in(report, sign);
        return found == nullptr ? std::string{} : std::string(found->at("text").as_string());
    }
    static std::uint64_t number_of(const boost::json::object& report, const std::string& sign, const char* what) {
        const auto* found = sign_in(report, sign);
        return found == nullptr ? 0 : found->at(what).to_number<std::uint64_t>();
    }

    TempDir dir_;
    int events_;
    std::optional<Process> simulator_;
    std::optional<DaemonProcess> daemon_;
    std::optional<client::Client> words_, json_;
};

}  // namespace baytime::support
