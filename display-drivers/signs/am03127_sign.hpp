// Plays an AM03127 sign. Shares no code with the encoder.
#pragma once

#include "display-drivers/signs/driver.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace baytime::signs {

class AmSign : public Sign {
public:
    explicit AmSign(const Setup& setup);
    Bytes receive(std::span<const std::uint8_t> bytes, Moment at) override;
    void power_cycle() override;
    Glass glass() const override { return glass_; }
    std::string clock() const { return clock_; }  ///< as it came: YYWWMMDDHHmmSS
    const std::string& id() const { return id_; }
    /// The bytes of a graphic block such as `B2`; nothing when there is none.
    std::optional<std::string> block(std::string_view name) const;

protected:
    bool has_refusal() const override { return true; }

private:
    struct Stored {
        char lead = 'A', display = 'A', wait = 'A', lag = 'A';
        std::string text{};
    };
    struct Schedule {
        std::string start{}, end{}, pages{};
    };

    void take(char byte, Bytes& reply);
    /// Length of the whole frame at the front, 0 while it is not complete.
    std::size_t whole() const;
    std::string obey(std::string_view frame);
    bool apply(std::string_view packet);
    bool store_line(std::string_view packet);
    bool store_schedule(std::string_view packet);
    bool store_block(std::string_view packet);
    bool remove(std::string_view packet);
    std::string pages_now() const;
    void look();
    void draw_page(char letter, Page& page);
    Line draw(std::string_view text) const;
    std::optional<Line> read_picture(std::string_view upper, std::string_view lower);
    bool is_wide(const Line& line) const;

    Shape shape_;
    std::string id_ = "01";
    std::string own_id_ = "01";                     ///< kept without power
    std::map<std::pair<char, int>, Stored> lines_;  ///< by page A..Z and line 1..8: at most 208
    std::map<char, Schedule> schedules_;            ///< A..E
    std::map<std::string, std::string> blocks_;     ///< A1..P8: at most 128
    std::string clock_ = "00010101000000";
    char default_page_ = 'A';
    char level_ = 'A';
    Glass glass_;

    std::string wire_;  ///< at most max_packet_bytes and a frame around it
    Moment last_{};
};

}  // namespace baytime::signs
