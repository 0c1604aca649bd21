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
    Meaning{"bad-known-hosts", "已知服务器文件有误，请检查或重建该文件"},
    Meaning{"bad-pin", "PIN 码不对"},
    Meaning{"bad-token", "设备令牌无效，请向管理员申请新令牌"},
    Meaning{"bad-value", "参数写法不对，日期写作 2026-10-01，月份写作 2026-10"},
    Meaning{"fingerprint-changed", "证书指纹变了，可能有人冒充；请在服务器本机用 baytime tls 核对后再连接"},
    Meaning{"fingerprint-unknown", "不认识这台服务器的证书；请用 --fingerprint 给出它本机 baytime tls 显示的指纹"},
    Meaning{"import-busy", "正在导入另一个文件，请稍后再试"},
    Meaning{"import-lost", "文件没有传完，已经作废，请从头再传一次"},
    Meaning{"import-too-large", "文件太大，请分成几个文件导入"},
    Meaning{"missing-parameter", "缺少参数"},
    Meaning{"needs-tls", "这个端口需要加密连接，请加上 --tls"},
    Meaning{"no-connection", "连接不上后台程序 baytimed"},
    Meaning{"no-greeting", "对方接受连接却没有回应，可能不是 Baytime 的端口"},
    Meaning{"no-tls", "对方不是加密端口，请换端口或去掉 --tls"},
    Meaning{"no-tokens", "后台程序还没有任何设备令牌，只服务本机；请在那里执行 baytimed --add-token"},
    Meaning{"not-allowed", "这台设备的令牌没有此权限"},
    Meaning{"not-baytime", "对方不是 Baytime 程序，请检查主机和端口"},
    Meaning{"not-from-here", "工单现在的状态不允许这样做"},
    Meaning{"not-permitted", "此人的岗位不能这样做"},
    Meaning{"slow-down", "错误尝试太多，请稍后再试"},
    Meaning{"stopping", "后台程序正在停止"},
    Meaning{"storage", "没有存盘成功，什么都没有改变，请再试一次；仍不成功时请找管理看板电脑的人"},
    Meaning{"token-revoked", "这台设备的令牌已被吊销"},
    Meaning{"too-many-connections", "后台程序的连接数已满，请稍后再试"},
    Meaning{"too-many-requests", "请求太频繁，请稍后再试"},
    Meaning{"too-much-output", "没有读取的应答太多"},
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

std::optional<std::string> meaning_of(std::string_view token) {
    const auto* found = std::ranges::lower_bound(meanings, token, {}, &Meaning::token);
    if (found == meanings.end() || found->token != token) return std::nullopt;
    return std::string(found->zh);
}

std::string sentence_of(const Trouble& trouble, bool chinese) {
    const auto meaning = meaning_of(trouble.token);
    if (!chinese || !meaning) return trouble.what();
    return *meaning + "（" + trouble.what() + "）";
}

}  // namespace baytime::cli
