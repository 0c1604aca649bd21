#include "board/store/inventory.hpp"

#include "board/store/connection.hpp"
#include "board/store/schema.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <stdexcept>

namespace baytime::store {

Inventory inventory(const std::string& path) {
    try {
        SQLite::Database database = connect(path, Use::read);
        Inventory out{.schema = schema_of(database), .sqlite = ::sqlite3_libversion(), .tables = {}};
        SQLite::Statement all(database, "SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name");
        while (all.executeStep())
            out.tables.push_back({.table = all.getColumn(0).getString(), .sql = all.getColumn(1).getString()});
        for (auto& one : out.tables)
            one.rows = database.execAndGet(fmt::format("SELECT count(*) FROM \"{}\"", one.table)).getInt64();
        return out;
    } catch (const SQLite::Exception& e) {
        throw std::runtime_error(sentence(e, path));
    }
}

}  // namespace baytime::store
