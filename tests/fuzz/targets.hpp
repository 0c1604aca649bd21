// What must bear any bytes, as one list: the fuzzers (fuzzer.cpp) and the replay in the ordinary tests (fuzz_test.cpp)
// call the same functions.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace baytime::fuzz {

/// A promise that did not hold for some bytes. No std::exception, so that no code under test takes it for its own.
struct Broken {
    std::string promise{};
};

inline void require(bool kept, const char* promise) {
    if (!kept) throw Broken{promise};
}

struct Target {
    std::string_view name{};  ///< also the folder of its corpus
    void (*bear)(std::string_view bytes) = nullptr;
};

/// Every target, by name.
std::span<const Target> targets();
/// Null when there is none of that name.
const Target* find_target(std::string_view name);

// Sign protocols (sign_targets.cpp).
void bear_alpha(std::string_view bytes);
void bear_am03127(std::string_view bytes);
void bear_cpower(std::string_view bytes);
void bear_modbus(std::string_view bytes);
void bear_onbon(std::string_view bytes);
void bear_raw(std::string_view bytes);
// Lines from the network (protocol_targets.cpp).
void bear_framer(std::string_view bytes);
void bear_jsonrpc(std::string_view bytes);
void bear_scan(std::string_view bytes);
void bear_words(std::string_view bytes);
// Files (file_targets.cpp).
void bear_config(std::string_view bytes);
void bear_orders(std::string_view bytes);
void bear_profile(std::string_view bytes);
void bear_settings(std::string_view bytes);
void bear_standards(std::string_view bytes);
// Files that say whom to trust (security_targets.cpp).
void bear_audit(std::string_view bytes);
void bear_known_hosts(std::string_view bytes);
void bear_tokens(std::string_view bytes);

}  // namespace baytime::fuzz
