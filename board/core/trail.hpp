// The newest names that something happened to. Who follows a board or its predictions looks only at what was touched
// since the last look, however large the board is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace baytime {

class Trail {
public:
    /// Names kept; who comes later than this looks at everything.
    static constexpr std::size_t length = 1024;

    void add(std::string_view name) {
        if (ring_.empty()) ring_.resize(length);
        ring_[end_++ % length] = name;
    }
    /// Anything may have been touched.
    void lose() { lost_ = ++end_; }
    /// Where the trail ends now; to be given to each_since() at the next look.
    std::uint64_t end() const { return end_; }
    /// True when every name added since `from` is known.
    bool knows(std::uint64_t from) const { return from >= lost_ && from <= end_ && end_ - from <= length; }
    /// Calls `each` with every name added since `from`, some more than once. False, without a call, when not all of
    /// them are known.
    template <class Each>
    bool each_since(std::uint64_t from, Each&& each) const {
        if (!knows(from)) return false;
        for (auto i = from; i < end_; ++i) each(ring_[i % length]);
        return true;
    }
    bool operator==(const Trail&) const = default;

private:
    std::vector<std::string> ring_{};
    std::uint64_t end_ = 0, lost_ = 0;
};

}  // namespace baytime
