// The record as CSV tables: what replaying its events gives, in files that spreadsheets and other shops read. Pure.
#pragma once

#include "board/core/board.hpp"
#include "board/core/imported.hpp"
#include "protocol/json.hpp"

#include <map>
#include <string>

namespace baytime::cli {

namespace json = protocol::json;

/// Takes the events one by one and then holds every table.
class ExportTables {
public:
    ExportTables();
    /// The staff of the shop's configuration: objects with id, name, role and team.
    void staff(const json::array& people);
    /// One event as `export-events` lists it. Throws std::runtime_error when it is not one this program knows.
    void take(const json::object& event);
    /// Text by file name, UTF-8 with a byte order mark.
    std::map<std::string, std::string> finish();
    std::size_t events() const { return board_.seq; }

private:
    void note_promise(const Event& event);
    void put_jobs();
    void put_order(const std::string& order, const Imported& fact);
    void put_live_order(const Job& job);
    std::map<std::string, std::string> files_;
    std::map<std::string, json::object> people_;
    std::map<std::string, ImportedOrder> imported_;  ///< by number
    Board board_;
};

}  // namespace baytime::cli
