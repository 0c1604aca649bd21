#include "board/cli/refusal_text.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace baytime::cli {

namespace {

struct Meaning {
    std::string_view token;
    std::string_view zh;
};

// Tokens whose sentences are made here in the language asked for (bad-file, bad-mapping) are not among them.
constexpr std::array meanings{
    Meaning{"bad-pin", "PIN 码不对"},
    Meaning{"bad-token", "设备令牌无效，请向管理员申请新令牌"},
    Meaning{"bad-value", "参数写法不对，日期写作 2026-10-01，月份写作 2026-10"},
    Meaning{"import-busy", "正在导入另一个文件，请稍后再试"},
    Meaning{"import-too-large", "文件太大，请分成几个文件导入"},
    Meaning{"missing-parameter", "缺少参数"},
    Meaning{"no-connection", "连接不上后台程序 baytimed"},
    Meaning{"not-allowed", "这台设备的令牌没有此权限"},
    Meaning{"not-from-here", "工单现在的状态不允许这样做"},
    Meaning{"not-permitted", "此人的岗位不能这样做"},
    Meaning{"storage", "没有存盘成功，什么都没有改变，请再试一次"},
    Meaning{"unknown-order", "没有这个工单号"},
    Meaning{"unknown-parameter", "没有这个参数"},
    Meaning{"unknown-person", "没有这个工号"},
    Meaning{"unknown-verb", "没有这个命令"},
    Meaning{"value-bad", "填写的值不能用"},
    Meaning{"value-missing", "还缺少必填的内容"},
    Meaning{"who-are-you", "不知道是谁，请用 --as 写上工号"},
};
static_assert(std::ranges::is_sorted(meanings, {}, &Meaning::token), "keep the tokens in alphabetical order");

}  // namespace

std::string sentence_of(const Trouble& trouble, bool chinese) {
    const auto* found = std::ranges::lower_bound(meanings, std::string_view(trouble.token), {}, &Meaning::token);
    if (!chinese || found == meanings.end() || found->token != trouble.token) return trouble.what();
    return std::string(found->zh) + "（" + trouble.what() + "）";
}

}  // namespace baytime::cli
