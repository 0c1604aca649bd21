// All simulated signs of one program: carries bytes, obeys controls, and writes pictures and the report on change.
#pragma once

#include "display-drivers/signs/signsim/dots.hpp"
#include "display-drivers/signs/signsim/options.hpp"
#include "display-drivers/signs/signsim/pty_sign.hpp"

#include <map>

namespace baytime::signs::sim {

struct StageSettings {
    std::string dir{};      ///< where the links are made
    std::string png_dir{};  ///< empty for no pictures
    std::string report{};   ///< empty for none
    bool show = false;      ///< draw into the terminal
    int baud = 0;           ///< of every line; 0: as each sign says
};

class Stage {
public:
    /// Throws std::runtime_error.
    Stage(const std::vector<SignSpec>& signs, StageSettings settings);
    ~Stage();  ///< removes the links
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

    /// Waits for bytes at most until the next thing is due or `longest` has passed, and does what is due.
    /// `extra` is one more descriptor to wait for; true when it can be read.
    bool step(std::vector<int> extra, std::chrono::milliseconds longest);
    /// False when there is no such sign.
    bool obey(const Control& control);
    std::string report() const;

private:
    struct Seat {
        std::string name;
        PtySign* line = nullptr;
        std::size_t place = 0;  ///< on the line
        Letters letters = Letters::latin;
        Glass drawn{};
        bool ever_drawn = false;
        std::uint64_t errors = 0;
        bool plugged = true;
        Moment changed{}, animate_at{};
        Dots dots{};               ///< as last drawn
        bool picture_due = false;  ///< the picture file is older than the dots
        Moment picture_at{};
        int writer = 0;  ///< process that writes the picture, or 0

        const Sign& sign() const { return line->sign(place); }
        const Shape& shape() const { return line->setup(place).shape; }
    };
    void seat(const SignSpec& spec);
    void replug(Moment now);
    void notice(Seat& seat, Moment now);
    void draw(Seat& seat, Moment now);
    void write_picture(Seat& seat, Moment now);
    void draw_terminal() const;

    StageSettings settings_;
    std::map<std::string, std::unique_ptr<PtySign>> lines_;  ///< by path of the link
    std::map<PtySign*, Moment> plug_at_;                     ///< unplugged for a while
    std::vector<Seat> seats_;
};

/// Writes beside the path and moves it there. Throws std::runtime_error.
void write_whole(const std::string& path, const std::string& text);

}  // namespace baytime::signs::sim
