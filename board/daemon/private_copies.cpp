#include "board/daemon/private_copies.hpp"

#include "board/daemon/log.hpp"
#include "board/daemon/tls.hpp"
#include "board/daemon/tokens.hpp"
#include "board/store/files.hpp"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <stdexcept>

namespace baytime::daemon {

namespace fs = std::filesystem;

namespace {

constexpr std::array private_files{tokens_file, tls_file};

}  // namespace

std::string copy_of(std::string_view file, const Settings& settings) {
    return (fs::path(settings.backups) / file).string();
}

void copy_private_files(const Settings& settings) {
    for (const auto* name : private_files) {
        const auto text = store::read_private(settings.beside_journal(name));
        const auto to = copy_of(name, settings);
        if (!text.empty() && store::read_private(to) != text) store::write_private(to, text);
    }
}

std::string put_back_tokens(const Settings& settings) {
    const auto to = settings.beside_journal(tokens_file);
    if (fs::exists(to) || !fs::exists(settings.journal)) return {};
    const auto from = copy_of(tokens_file, settings);
    if (!fs::exists(from)) return {};
    const auto text = store::read_private(from);
    try {
        parse_tokens(text);
    } catch (const std::runtime_error& fault) {
        throw std::runtime_error(
            fmt::format("the list of tokens {} is gone, and its copy {} is not to be understood: {}; delete the copy "
                        "to begin anew with the tokens of the configuration",
                        to, from, fault.what()));
    }
    store::write_private(to, text);
    log::error("tokens_put_back", {{"from", from}});
    return from;
}

std::vector<std::string> put_back_private_files(const Settings& settings, const std::string& backup) {
    std::vector<std::string> put;
    for (const auto* name : private_files) {
        const auto to = settings.beside_journal(name);
        const auto text = store::read_private(fs::path(backup).parent_path() / name);
        if (text.empty() || fs::exists(to)) continue;
        store::write_private(to, text);
        put.push_back(to);
    }
    return put;
}

}  // namespace baytime::daemon
