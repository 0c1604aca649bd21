// Plays a sign that is described by a raw template.
#pragma once

#include "display-drivers/signs/raw_frames.hpp"

namespace baytime::signs {

class RawSign : public Sign {
public:
    explicit RawSign(const Setup& setup);
    Bytes receive(std::span<const std::uint8_t> bytes, Moment at) override;
    void power_cycle() override;
    Glass glass() const override { return glass_; }

protected:
    bool has_refusal() const override { return !form_->refused.empty(); }

private:
    bool take_frame(Bytes& reply);
    std::size_t next_frame() const;
    Bytes obey(const raw::Frame& frame, const raw::Found& found);
    void look();

    std::shared_ptr<const RawTemplate> form_;
    int address_ = 1;
    std::vector<Line> lines_;  ///< as they were written last
    Glass glass_;
    Bytes buffer_;  ///< at most raw::most_frame_bytes
    Moment last_{};
};

}  // namespace baytime::signs
