// Plays a display with Modbus registers, by its profile. Shares no code with the encoder of texts.
#pragma once

#include "display-drivers/signs/modbus_frames.hpp"
#include "display-drivers/signs/modbus_profile.hpp"

namespace baytime::signs {

class ModbusSign : public Sign {
public:
    explicit ModbusSign(const Setup& setup);
    Bytes receive(std::span<const std::uint8_t> bytes, Moment at) override;
    void power_cycle() override;
    Glass glass() const override { return glass_; }
    /// What a register holds; nothing when the profile has no such register.
    std::optional<std::uint16_t> value(std::uint16_t at) const;

protected:
    bool has_refusal() const override { return true; }

private:
    struct Cell {
        std::uint16_t value = 0;
        std::uint8_t function = 0;  ///< that writes it
    };
    void add(std::uint16_t at, std::uint8_t function) { cells_[at] = Cell{.value = 0, .function = function}; }
    void take(std::uint8_t byte, Bytes& reply);
    bool whole() const;
    Bytes obey(std::span<const std::uint8_t> frame);
    Bytes write(std::span<const std::uint8_t> frame);
    Bytes read(std::span<const std::uint8_t> frame);
    Bytes refuse(std::uint8_t function, std::uint8_t code);
    bool in_range(std::uint16_t at, std::uint16_t value) const;
    void look();
    std::string text_of(const RegisterLine& line) const;
    std::string bytes_of(const RegisterLine& line) const;
    std::int64_t number_of(const RegisterLine& line) const;
    Meaning meaning_of(const RegisterLine& line) const;

    int unit_ = 1;
    int baud_ = 9600;
    std::shared_ptr<const RegisterProfile> profile_;
    std::map<std::uint16_t, Cell> cells_;  ///< the registers of the profile, never more
    Glass glass_;

    Bytes frame_;            ///< at most modbus::most_frame_bytes
    bool skipping_ = false;  ///< until the line is silent
    Moment silent_from_{};   ///< the end of the last byte
};

}  // namespace baytime::signs
