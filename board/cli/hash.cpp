#include "board/cli/hash.hpp"

#include <sodium.h>

#include <array>
#include <stdexcept>

namespace baytime::cli {

std::string hash_of(const std::string& secret) {
    std::array<char, crypto_pwhash_STRBYTES> text{};
    if (sodium_init() < 0 ||
        crypto_pwhash_str(text.data(), secret.data(), secret.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
        throw std::runtime_error("not enough memory to make the hash");
    }
    return text.data();
}

}  // namespace baytime::cli
