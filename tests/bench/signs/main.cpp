// LED signs: bytes and times on their lines, beside the limits of the line and beside LCDproc's LCDd.
// Usage: bench_signs [bytes|latency|many|recovery ...]      all of them when none is named
#include "tests/bench/row.hpp"
#include "tests/bench/signs/parts.hpp"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <string_view>
#include <vector>

namespace {

struct Part {
    std::string_view name{};
    void (*measure)() = nullptr;
};
constexpr Part parts[] = {{"bytes", baytime::bench::sign_bytes},
                          {"latency", baytime::bench::sign_latency},
                          {"many", baytime::bench::many_signs},
                          {"recovery", baytime::bench::sign_recovery}};

}  // namespace

int main(int count, char** arguments) {
    const std::vector<std::string_view> wanted(arguments + 1, arguments + count);
    try {
        baytime::bench::print_head();
        for (const Part& part : parts) {
            if (wanted.empty() || std::ranges::find(wanted, part.name) != wanted.end()) part.measure();
        }
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "signs: %s\n", failure.what());
        return 1;
    }
}
