#include "board/core/erase.hpp"

#include <algorithm>
#include <initializer_list>

namespace baytime {

namespace {

bool blank(std::initializer_list<std::string*> texts) {
    bool found = false;
    for (std::string* text : texts) {
        found = found || !text->empty();
        text->clear();
    }
    return found;
}

bool blank(std::initializer_list<std::optional<std::string>*> texts) {
    bool found = false;
    for (auto* text : texts) {
        if (*text && blank({&**text})) found = true;
    }
    return found;
}

struct Erasing {
    bool operator()(Booked& fact) const { return blank({&fact.plate, &fact.customer, &fact.phone}); }
    bool operator()(Received& fact) const { return blank({&fact.plate, &fact.customer, &fact.phone}); }
    bool operator()(Corrected& fact) const { return blank({&fact.plate, &fact.customer, &fact.phone}); }
    bool operator()(Repromised& fact) const { return blank({&fact.who}); }
    bool operator()(ConsentGiven& fact) const { return blank({&fact.who}); }
    bool operator()(Contacted& fact) const { return blank({&fact.who, &fact.text}); }
    bool operator()(CalledBack& fact) const { return blank({&fact.text}); }
    bool operator()(Excused& fact) const { return blank({&fact.cause}); }
    bool operator()(Imported& fact) const { return blank({&fact.plate}); }
    template <class F>
    bool operator()(F&) const {
        return false;
    }
};

}  // namespace

bool erase_person(Fact& fact) {
    return std::visit(Erasing{}, fact);
}

bool erase_person(Job& job) {
    bool found = blank({&job.plate, &job.customer, &job.phone});
    for (NewTime& one : job.new_times) found = blank({&one.who}) || found;
    for (Contact& one : job.contacts) found = blank({&one.who, &one.text}) || found;
    if (job.call_back) found = blank({&job.call_back->text}) || found;
    if (job.excuse) found = blank({&job.excuse->cause}) || found;
    return found;
}

bool tells_person(const Job& job) {
    const auto names = [](const auto& one) { return !one.who.empty(); };
    return !job.plate.empty() || !job.customer.empty() || !job.phone.empty() ||
           std::ranges::any_of(job.new_times, names) || std::ranges::any_of(job.contacts, names) ||
           std::ranges::any_of(job.contacts, [](const Contact& one) { return !one.text.empty(); }) ||
           (job.call_back && !job.call_back->text.empty()) || (job.excuse && !job.excuse->cause.empty());
}

}  // namespace baytime
