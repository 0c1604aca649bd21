// The shape of a sign driver: pages in, packets out, and a simulator that plays the sign. Drivers hold no state:
// pacing, retries and "newest page wins" live in the sign link, once, for all signs.
#pragma once

#include "display-drivers/signs/dots.hpp"
#include "display-drivers/signs/page.hpp"
#include "display-drivers/signs/port.hpp"

#include <chrono>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace baytime::config {
class Table;
}

namespace baytime::signs {

using Bytes = std::vector<std::uint8_t>;
using Moment = std::chrono::steady_clock::time_point;

/// The glass: how many dots, and how the sign is addressed.
struct Shape {
    int columns = 80;
    int rows = 7;  ///< 7 is one line of text, 16 is two
    bool operator==(const Shape&) const = default;
};

struct RegisterProfile;  // modbus_profile.hpp
struct RawTemplate;      // raw_template.hpp

/// Everything a driver has to know about one sign.
struct Setup {
    Shape shape{};
    std::string address = "00";  ///< as Driver::address says
    char type = 'Z';             ///< the protocol's sign type; Z is every type
    int brightness = 100;        ///< percent; a driver takes the nearest step its sign has
    int baud = 9600;             ///< of the line, for protocols that count pauses in characters
    bool chinese = false;  ///< its texts are Chinese: a sign without Chinese font gets them as pictures, if it can
    /// What this driver alone understands (`[sign.options]`), checked against Driver::options.
    std::map<std::string, std::string> options{};
    std::shared_ptr<const RegisterProfile> registers{};  ///< what the option `profile` names, when it is loaded
    std::shared_ptr<const RawTemplate> raw{};  ///< what the option `template` names, or stands in the sign's table
    bool operator==(const Setup&) const = default;
};

/// One key of `[sign.options]`.
struct OptionForm {
    std::string_view name{};       ///< `profile`
    std::string_view otherwise{};  ///< the value when left out
    std::string_view accepts{};    ///< for the fault: `0 to 3`
    std::string_view meaning{};
    bool (*fits)(std::string_view value) = nullptr;
};

/// Two hex digits, upper case: the address of most protocols.
bool is_two_hex_digits(std::string_view value);

/// Bytes to send in one go, and how long the sign wants to be left alone afterwards.
struct Packet {
    /// The file on the sign that this packet replaces whole, or empty. A packet that would write what its target
    /// already holds need not be sent.
    std::string target{};
    Bytes bytes{};
    std::chrono::milliseconds pause_after{};
    bool acknowledged = false;  ///< the sign answers this packet, and Driver::acknowledge judges the answer
    /// The sign keeps it in a memory that may wear out: written again after a set-up or a change, not at a refresh.
    bool lasting = false;
    /// The frame goes on in the next packet: until then no other sign on the line is spoken to.
    bool unfinished = false;
};

/// The shop's local date and time, for signs with a clock.
struct SignClock {
    int year = 2026, month = 1, day = 1;
    int weekday = 0;  ///< 0 is Sunday
    int hour = 0, minute = 0;
};

/// What can be asked of a sign that answers.
enum class Question { memory, errors };

/// What an answer says. `partial`: not complete yet. `lost`: the sign no longer holds what was set up. `bad`: the
/// sign has received something broken, sending again may help. `refused`: it understood and does not want it.
enum class Answer { partial, good, lost, bad, refused };

inline constexpr char32_t first_picture = 0xE000;  ///< of the private use area

/// What a simulated sign shows.
struct Glass {
    Page page{};         ///< tidy; lines in the order shown
    bool moves = false;  ///< the text runs because it is wider than the glass
    int brightness = 100;
    std::uint64_t pages = 0;  ///< how often what is shown has changed
    /// Pictures that are no text of the dot font; in the page the character first_picture + index stands for each.
    std::vector<DotPicture> pictures{};
    bool operator==(const Glass&) const = default;
};

/// Plays one sign: bytes with the moment of their arrival in, answers out. Drops what a real sign would drop.
class Sign {
public:
    virtual ~Sign() = default;
    /// Bytes that arrive together at `at`; moments never go back. Without bytes time alone has passed. Returns what the
    /// sign sends back, mostly nothing.
    virtual Bytes receive(std::span<const std::uint8_t> bytes, Moment at) = 0;
    /// Power off and on again long enough for the memory to be lost.
    virtual void power_cycle() = 0;
    virtual Glass glass() const = 0;
    /// Errors by kind: `checksum`, `unknown-file`, `too-long`, `gap`, `no-sync` ...
    const std::map<std::string, std::uint64_t>& errors() const { return errors_; }
    std::uint64_t error_count() const;
    /// This many of the next frames for it are refused in its protocol's words, although they are in order. False when
    /// it has no such words.
    bool refuse_next(int frames);

protected:
    virtual bool has_refusal() const { return false; }
    /// Whether the frame at hand, which is in order, is one of those; then it counts as the error `refused`.
    bool refuses();
    void complain(const std::string& kind) { ++errors_[kind]; }

private:
    std::map<std::string, std::uint64_t> errors_;
    int refusals_ = 0;  ///< frames
};

struct Codec;

/// What Driver::width says of a text that the sign's own field does not hold whole, whatever its glass does.
inline constexpr int never_fits = std::numeric_limits<int>::max();

struct Driver {
    std::string_view name;
    std::string_view summary;
    bool chinese = false;                        ///< has a Chinese font, or text goes through latin()
    bool (*chinese_on)(const Setup&) = nullptr;  ///< where `chinese` depends on the sign: whether this one has
    int baud = 9600;                             ///< as the maker delivers it
    LineFormat format = LineFormat::eight_none_one;
    /// Speeds its signs may be set to, the usual ones first. Empty: the sign finds the speed by itself, or has but one.
    std::span<const int> speeds{};
    OptionForm address{.name = "address",
                       .otherwise = "00",
                       .accepts = "two hex digits, 00 (every sign) to FF",
                       .meaning = "the sign's own address on the line",
                       .fits = is_two_hex_digits};
    std::span<const OptionForm> options{};
    /// Reads what else stands in the sign's own table of the configuration. Null when there is nothing.
    void (*configure)(const config::Table& sign, Setup&) = nullptr;
    /// Loads what the options name, such as a file (a relative path counts from `folder`), into the setup. Throws
    /// std::runtime_error with a message for people. Null when there is nothing to load.
    void (*prepare)(Setup&, const std::string& folder) = nullptr;
    /// Set-up after power on or any doubt; erases what the sign holds.
    std::vector<Packet> (*initialise)(const Setup&) = nullptr;
    /// All packets that make the sign show this page at Setup::brightness, each with its target.
    std::vector<Packet> (*show)(const Page&, const Setup&) = nullptr;
    std::vector<Packet> (*clock)(const SignClock&, const Setup&) = nullptr;
    /// Packets that make the sign answer.
    std::vector<Packet> (*ask)(Question, const Setup&) = nullptr;
    Answer (*judge)(Question, std::span<const std::uint8_t> reply, const Setup&) = nullptr;
    /// Judges what came back after a packet with `acknowledged`; null when the protocol acknowledges nothing.
    Answer (*acknowledge)(const Packet&, std::span<const std::uint8_t> reply, const Setup&) = nullptr;
    /// How long the sign keeps a text that is not written again; the link writes all again in half that time. Zero, or
    /// null: for ever.
    std::chrono::seconds (*text_lasts)(const Setup&) = nullptr;
    /// How often all is written again to a sign that acknowledges. Short where texts live in RAM, nothing is seen of a
    /// rewriting, and the sign cannot say that it has been without power; zero: as LinkTiming says.
    std::chrono::seconds rewrite{0};
    /// Dots that this text takes on the glass in the sign's own font, after the driver has replaced what it cannot
    /// draw.
    int (*width)(std::string_view text, const Setup&) = nullptr;
    std::unique_ptr<Sign> (*simulate)(const Setup&) = nullptr;
    const Codec* codec = nullptr;  ///< codec.hpp
};

/// Every driver, by name.
std::span<const Driver> drivers();
/// Nothing when there is none of that name.
const Driver* find_driver(std::string_view name);

}  // namespace baytime::signs
