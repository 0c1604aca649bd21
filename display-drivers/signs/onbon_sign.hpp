// Plays an Onbon font card, as strict as the documents allow. Shares no code with the encoder.
#pragma once

#include "display-drivers/signs/driver.hpp"

#include <map>
#include <string>

namespace baytime::signs {

class OnbonSign : public Sign {
public:
    explicit OnbonSign(Setup setup);
    /// Also with no bytes, when time alone has passed: areas of run mode 2 vanish.
    Bytes receive(std::span<const std::uint8_t> bytes, Moment at) override;
    void power_cycle() override;
    Glass glass() const override { return glass_; }

protected:
    bool has_refusal() const override { return true; }

private:
    struct Area {
        int left = 0, top = 0, width = 0, height = 0;
        int run_mode = 0;
        std::chrono::seconds timeout{};
        int lines = 1, wrap = 1, display_mode = 1;
        std::string text{};
        Moment written{};
        int font_height = 16;
    };
    enum class Wire { idle, head, body };
    using Areas = std::map<int, Area>;

    void take(std::uint8_t byte, Moment at);
    void drop(const std::string& kind);
    void frame_done(Moment at);
    bool unescape();
    void obey(std::span<const std::uint8_t> data, Moment at);
    std::uint8_t screen_command(std::uint8_t code, std::span<const std::uint8_t> parameters, Moment at);
    std::uint8_t dynamic_areas(std::span<const std::uint8_t> parameters, Moment at);
    std::uint8_t write_area(std::span<const std::uint8_t> block, Areas& areas, Moment at);
    std::uint8_t refuse(const std::string& kind, std::uint8_t error);
    void reply(std::uint8_t error);
    void expire(Moment at);
    void look();
    void draw(const Area& area, Page& page, bool& moves) const;

    Setup setup_;
    unsigned address_ = 1;
    Areas areas_;  ///< by id
    bool on_ = true;
    int brightness_ = 15;
    Glass glass_;
    Bytes answers_;

    Wire wire_ = Wire::idle;
    Bytes packet_;  ///< between head and end; after the end without its escapes
    Moment last_{};
    bool may_reply_ = false;
};

}  // namespace baytime::signs
