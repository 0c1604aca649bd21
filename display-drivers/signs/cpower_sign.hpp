// Plays a C-Power card, as strict as the documents allow. Shares no code with the encoder.
#pragma once

#include "display-drivers/signs/driver.hpp"

#include <string>

namespace baytime::signs {

class CPowerSign : public Sign {
public:
    explicit CPowerSign(Setup setup);
    Bytes receive(std::span<const std::uint8_t> bytes, Moment at) override;
    /// Windows are lost, unless they were saved.
    void power_cycle() override;
    Glass glass() const override { return glass_; }
    std::string clock() const { return clock_; }  ///< `weekday HHMM`

protected:
    bool has_refusal() const override { return true; }

private:
    struct Window {
        int left = 0, top = 0, width = 0, height = 0;
        Line line{};
        bool moves = false;
        bool operator==(const Window&) const = default;
    };
    enum class Wire { idle, body };

    void take(std::uint8_t byte, Moment at);
    void drop(const std::string& kind);
    void frame_done();
    bool unescape();
    void window_packet();
    std::uint8_t obey(std::span<const std::uint8_t> data);
    std::uint8_t other_code(std::uint8_t code, std::span<const std::uint8_t> data);
    std::uint8_t define(std::span<const std::uint8_t> data);
    std::uint8_t show_text(std::span<const std::uint8_t> data);
    std::uint8_t show_static(std::span<const std::uint8_t> data);
    std::uint8_t refuse(const std::string& kind);
    void reply(std::uint8_t value);
    void look();

    Setup setup_;
    unsigned id_ = 1;
    std::vector<Window> windows_, saved_;
    bool on_ = true;
    int brightness_ = 100;
    std::string clock_;
    Glass glass_;
    Bytes answers_;

    Wire wire_ = Wire::idle;
    Bytes packet_;   ///< between start and end; after the end without its escapes
    Bytes command_;  ///< of the packets so far
    int next_packet_ = 0, last_packet_ = 0;
    Moment last_{};
};

}  // namespace baytime::signs
