// The process's signals as something to poll(): stop, and `write a picture`.
#pragma once

namespace baytime::lounge {

struct SignalNews {
    bool stop = false;     ///< SIGINT, SIGTERM
    bool picture = false;  ///< SIGUSR1
};

class Signals {
public:
    /// Must be made before any library starts a thread. Throws std::runtime_error.
    Signals();
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;
    ~Signals();
    int descriptor() const { return descriptor_; }
    SignalNews take();

private:
    int descriptor_ = -1;
};

}  // namespace baytime::lounge
