// Files that people write or other systems export: read, or refused with faults that name a line of the file.
#include "board/daemon/settings.hpp"
#include "board/daemon/settings_parts.hpp"
#include "board/reports/catalogue.hpp"
#include "board/reports/csv.hpp"
#include "board/reports/order_file.hpp"
#include "config/reader.hpp"
#include "display-drivers/signs/modbus_profile.hpp"
#include "display-drivers/signs/settings.hpp"
#include "protocol/text.hpp"
#include "tests/fuzz/targets.hpp"

#include <algorithm>

namespace baytime::fuzz {

namespace {

/// Everything that can be asked of a table, whatever is in it.
void ask(const config::Table& table) {
    for (const auto& key : table.keys()) {
        table.text(key, "");
        table.number(key, 0, -10, 10);
        table.real(key, 0, -1, 1);
        table.yes(key, false);
        table.choice(key, "one", {"one", "two"});
        table.texts(key);
        ask(table.table(key));
        for (const auto& inner : table.tables(key)) ask(inner);
    }
}

void speaks_cleanly(const config::ConfigError& error, std::string_view bytes) {
    const std::string_view what = error.what();
    require(!what.empty(), "a fault has a sentence");
    require(!protocol::valid_utf8(bytes) || protocol::valid_utf8(what), "the fault of a UTF-8 file is UTF-8");
}

/// Runs `read` and accepts its ConfigError.
template <class Read>
void refused_or_read(Read read, std::string_view bytes) {
    try {
        read();
    } catch (const config::ConfigError& error) {
        speaks_cleanly(error, bytes);
    }
}

reports::ShopZone eight_east() {
    using namespace std::chrono;
    return {.to_utc = [](local_time<milliseconds> local) -> std::optional<Instant> {
                return Instant{local.time_since_epoch() - hours{8}};
            },
            .to_local = [](Instant at) { return local_time<milliseconds>{at.time_since_epoch() + hours{8}}; }};
}

/// At most: a carriage return may end a line, or belong to the newline behind it.
int lines_in(std::string_view text) {
    return 1 + static_cast<int>(std::ranges::count_if(text, [](char one) { return one == '\n' || one == '\r'; }));
}

/// Fields of the file, written as an answer and read again, are the same.
void written_and_read_again(std::string_view text) {
    reports::CsvReader reader(text);
    for (reports::CsvRow row; reader.next(row);) {
        require(row.line >= 1 && row.line <= lines_in(text), "a row names a line of its file");
        for (const auto& field : row.fields) {
            // Only a row of blank fields may be skipped, so a second field stands behind.
            const auto written = reports::csv_text(field) + ",x\n";
            reports::CsvReader again(written);
            reports::CsvRow back;
            require(again.next(back) && back.fields.size() == 2, "a written field is one field");
            reports::drop_guards(back.fields[0]);
            require(back.fields[0] == field, "a written field is read as it was");
        }
    }
}

}  // namespace

void bear_config(std::string_view bytes) {
    refused_or_read(
        [&] {
            const auto file = config::File::parse(bytes, "fuzz.toml");
            ask(file.root());
            file.finish();
        },
        bytes);
    refused_or_read(
        [&] {
            const auto file = config::File::parse(bytes, "fuzz.toml");
            for (const auto& sign : file.root().tables("sign")) signs::read_sign(sign);
            file.finish();
        },
        bytes);
}

void bear_profile(std::string_view bytes) {
    refused_or_read([&] { signs::parse_profile(bytes, "fuzz.toml"); }, bytes);
}

void bear_settings(std::string_view bytes) {
    refused_or_read(
        [&] {
            const auto settings = daemon::parse_settings(bytes, "/nowhere/at/all/baytime.toml");
            require(!daemon::summary(settings).empty(), "what is read can be summed up");
            const auto& shop = settings.shop;
            const auto is_bay = [&shop](std::string_view id) { return shop.bay(id) != nullptr; };
            for (const auto& bay : shop.bays) require(daemon::is_id(bay.id), "a bay's id is an id");
            for (const auto& person : shop.people) require(daemon::is_id(person.id), "a person's id is an id");
            for (const auto& device : settings.devices)
                require(daemon::is_id(device.id) && (device.bay.empty() || is_bay(device.bay)),
                        "a device has an id and stands at a bay that is there, or at none");
            require(settings.requests_per_second > 0 && settings.hello_limit.count() > 0, "limits are limits");
        },
        bytes);
}

void bear_orders(std::string_view bytes) {
    std::string text;
    try {
        text = reports::as_utf8(bytes);
    } catch (const std::runtime_error&) {
        return;  // neither UTF-8 nor GBK, and said so
    }
    require(protocol::valid_utf8(text), "what is read as UTF-8 is UTF-8");
    const auto file = reports::read_orders(text, {}, eight_east());
    require(file.orders.size() + file.bad_rows + file.repeated + file.not_settled <= file.rows + 1,
            "every row is counted once");
    for (const auto& fault : file.faults) {
        require(fault.line >= 0 && fault.line <= lines_in(text), "a fault names a line of its file");
        require(!fault.why.empty() && protocol::valid_utf8(fault.value), "a fault says why, and shows clean text");
    }
    written_and_read_again(text);
    try {
        reports::read_mapping(text);
    } catch (const std::runtime_error&) {
        // No mapping; the message names the line.
    }
}

void bear_standards(std::string_view bytes) {
    std::string text;
    try {
        text = reports::as_utf8(bytes);
    } catch (const reports::BadFile&) {
        return;
    }
    const auto catalogue = reports::read_catalogue(text);
    require(catalogue.times.size() <= reports::max_catalogue_rows, "a catalogue has at most its limit");
    for (const auto& fault : catalogue.faults)
        require(fault.line >= 0 && fault.line <= lines_in(text) && !fault.why.empty(), "a fault names its line");
    for (const auto& [code, time] : catalogue.times) require(!code.empty(), "a standard time has a code");
}

}  // namespace baytime::fuzz
