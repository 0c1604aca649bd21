// Plays an Alpha or BetaBrite sign, as strict as the strictest that was measured. Shares no code with the encoder.
#pragma once

#include "display-drivers/signs/driver.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace baytime::signs {

class AlphaSign : public Sign {
public:
    explicit AlphaSign(Setup setup);
    Bytes receive(std::span<const std::uint8_t> bytes, Moment at) override;
    void power_cycle() override;
    Glass glass() const override { return glass_; }
    /// What a STRING holds; nothing when it was never allocated.
    std::optional<std::string> string(char label) const;
    std::string clock() const { return clock_; }  ///< `HHMM`

private:
    /// A file as allocated by the memory table.
    struct Stored {
        char label = 'A', type = 'A', lock = 'U';
        std::string size, times;
        std::string data{};
        char mode = 'b';
        std::size_t room() const;
    };
    /// A command with the moment of its STX and of the byte after it.
    struct Received {
        std::string body{};
        std::size_t begin = 0;  ///< offset of the body in the packet
        bool in_order = true;   ///< the checksum is right or absent
    };
    enum class Wire { idle, packet, skipping };

    void take(std::uint8_t byte, Moment at);
    void drop(const std::string& kind, unsigned bit);
    void packet_done(Moment at);
    bool addressed() const;
    std::vector<Received> split();
    bool paused_enough(const Received& command, std::size_t count) const;
    void obey(const Received& command, Moment at, bool nested);
    void write_text(std::string_view body);
    void write_priority(std::string_view data);
    void write_string(std::string_view body);
    void write_dots(const Received& command);
    void special(std::string_view body, Moment at);
    void set_memory(std::string_view table);
    void answer(std::string_view body);
    void reply(const std::string& body);
    std::string memory_table() const;
    Stored* find(char label, char type);
    const Stored* find(char label, char type) const;
    void deaf_for(std::chrono::milliseconds time, Moment at) { deaf_until_ = at + time; }
    void look();
    void refuse(const std::string& kind, unsigned bit);
    /// What draw() goes on with.
    struct Pen {
        Page page{};
        std::vector<DotPicture> pictures{};
        char colour = '\0';
        bool dim = false;
    };
    void draw(std::string_view text, Pen& pen, int depth) const;
    void draw_picture(const Stored& file, Pen& pen) const;

    Setup setup_;
    std::vector<Stored> files_;
    bool ready_ = true;  ///< false when memory was set up without being cleared before
    bool cleared_ = false;
    std::optional<std::string> priority_;
    char priority_mode_ = 'b';
    std::string sequence_ = "A";
    std::string clock_;
    unsigned register_ = 0x40;
    Glass glass_;
    Bytes answers_;

    Wire wire_ = Wire::idle;
    std::size_t nulls_ = 0;
    std::string packet_;
    std::vector<Moment> times_;
    Moment last_{};
    Moment deaf_until_{};
    bool deafness_noted_ = false;
};

}  // namespace baytime::signs
