// A short run of every fuzz target in the ordinary tests: the kept corpora, and seeded mutations of them.
#include "tests/fuzz/targets.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <set>

using namespace baytime;
namespace fs = std::filesystem;

namespace {

constexpr std::uint32_t seed = 419;
constexpr int mutations = 500;  ///< of each target
constexpr std::size_t most_corpus_bytes = 300 * 1024;
constexpr std::size_t longest_input = 4096;

const fs::path corpora = support::source("tests/fuzz/corpus");

struct Entry {
    std::string name{}, bytes{};
};

std::vector<Entry> corpus_of(std::string_view target) {
    std::vector<Entry> out;
    for (const auto& file : fs::directory_iterator(corpora / target)) {
        std::ifstream in(file.path(), std::ios::binary);
        out.push_back({file.path().filename().string(), {std::istreambuf_iterator<char>(in), {}}});
    }
    std::ranges::sort(out, {}, &Entry::name);
    return out;
}

std::string as_hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const char byte : bytes) {
        const auto value = static_cast<unsigned char>(byte);
        out += {digits[value / 16], digits[value % 16]};
    }
    return out;
}

void bears(const fuzz::Target& target, const std::string& bytes) {
    try {
        target.bear(bytes);
    } catch (const fuzz::Broken& broken) {
        FAIL(broken.promise);
    }
}

/// One small change, as links and people make them.
void change(std::string& bytes, const std::string& other, std::mt19937& random) {
    const auto below = [&](std::size_t limit) { return random() % std::max<std::size_t>(limit, 1); };
    const std::size_t at = below(bytes.size() + 1), length = 1 + below(8);
    switch (below(6)) {
        case 0:
            if (at < bytes.size()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
            break;
        case 1:
            if (at < bytes.size()) bytes[at] = static_cast<char>(random());
            break;
        case 2: bytes.insert(at, 1, static_cast<char>(random())); break;
        case 3: bytes.erase(at, length); break;
        case 4: bytes.insert(at, bytes.substr(below(bytes.size() + 1), length)); break;
        default: bytes = bytes.substr(0, at) + other.substr(below(other.size() + 1));
    }
    if (bytes.size() > longest_input) bytes.resize(longest_input);
}

}  // namespace

TEST_CASE("every fuzz target has a corpus, and every corpus a target", "[fuzz]") {
    std::set<std::string> folders, names;
    std::size_t size = 0;
    for (const auto& folder : fs::directory_iterator(corpora)) folders.insert(folder.path().filename().string());
    for (const auto& target : fuzz::targets()) {
        names.emplace(target.name);
        const auto corpus = corpus_of(target.name);
        CAPTURE(target.name);
        CHECK_FALSE(corpus.empty());
        for (const auto& entry : corpus) size += entry.bytes.size();
    }
    CHECK(folders == names);
    CHECK(size < most_corpus_bytes);
}

TEST_CASE("every entry of the corpora is borne", "[fuzz]") {
    for (const auto& target : fuzz::targets()) {
        for (const auto& entry : corpus_of(target.name)) {
            CAPTURE(target.name, entry.name);
            bears(target, entry.bytes);
        }
    }
    SUCCEED();
}

TEST_CASE("seeded mutations of the corpora are borne", "[fuzz]") {
    for (const auto& target : fuzz::targets()) {
        std::mt19937 random(seed);
        const auto corpus = corpus_of(target.name);
        for (int i = 0; i < mutations; ++i) {
            std::string bytes = corpus[random() % corpus.size()].bytes;
            const auto& other = corpus[random() % corpus.size()].bytes;
            for (std::size_t changes = 1 + random() % 6; changes > 0; --changes) change(bytes, other, random);
            CAPTURE(target.name, i, as_hex(bytes));
            bears(target, bytes);
        }
    }
    SUCCEED();
}
