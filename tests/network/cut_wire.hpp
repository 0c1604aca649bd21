// Two networks and a wire between them that can be cut without a word: packets vanish, and neither end is told. Made of
// Linux network namespaces that only this process holds, so nothing of this computer's own network is touched and
// nothing is left behind.
#pragma once

#include <functional>
#include <string>

namespace baytime::support {

class CutWire {
public:
    /// Throws std::runtime_error with a sentence when this computer gives no namespaces. Who is not root becomes root
    /// of a user namespace, so this must come before any thread.
    CutWire();
    ~CutWire();
    CutWire(const CutWire&) = delete;
    CutWire& operator=(const CutWire&) = delete;

    /// The daemon's address, for both sides.
    static constexpr const char* shop_address = "10.77.1.2";
    /// Sockets and processes made by `work` belong to that side for ever.
    void in_shop(const std::function<void()>& work) const { within(shop_, work); }
    void in_lounge(const std::function<void()>& work) const { within(lounge_, work); }
    void cut() const;
    void heal() const;

private:
    int make() const;
    void within(int space, const std::function<void()>& work) const;
    void configure(int space, const std::string& commands) const;

    int home_ = -1, shop_ = -1, wire_ = -1, lounge_ = -1;
};

}  // namespace baytime::support
