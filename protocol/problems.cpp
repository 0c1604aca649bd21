#include "protocol/problems.hpp"

#include <algorithm>
#include <array>

namespace baytime::protocol {
namespace {

constexpr std::array texts{
    ProblemText{
        "journal-gone",
        "the journal's file was deleted, moved or replaced, or its disk is away; what is recorded now is lost at "
        "the next start",
        "do not restart; first save the record: baytime backup FILE on a good disk; then stop the daemon, baytime "
        "restore FILE, and start it",
        "记录文件在运行中被删除、移走或替换，或其磁盘不在了；现在的记录会在下次启动时丢失",
        "不要重启；先保存记录：用 baytime backup FILE 存到完好的磁盘；然后停止程序，执行 baytime restore FILE，再启动"},
    ProblemText{"storage-failed", "nothing can be stored; changes are refused",
                "look at the disk that holds the journal, then at storage_failed in the log",
                "无法保存，所有更改被拒绝", "检查存放记录文件的磁盘，再看运行日志里的 storage_failed"},
    ProblemText{"started-empty", "the journal was damaged, no backup was good, the board began empty",
                "enter the cars in the shop again; keep the damaged file, or restore a copy: baytime restore FILE",
                "记录文件损坏且没有可用备份，看板从空白开始",
                "重新登记在厂车辆；保留损坏的文件，或恢复副本：baytime restore FILE"},
    ProblemText{"restored-from-backup", "the journal was damaged; a backup took its place",
                "enter again what was recorded after that backup; then move the damaged file away",
                "记录文件损坏，已改用备份", "补录该备份之后的内容，然后移走损坏的文件"},
    ProblemText{"set-aside", "a damaged journal was set aside at an earlier start",
                "when what was lost has been entered again, move this file away", "此前有损坏的记录文件被搁置",
                "补录丢失的内容后，移走该文件"},
    ProblemText{"journal-behind",
                "a kept copy holds more than the journal does: something that was recorded is missing",
                "stop the daemon and take the copy: baytimed --restore COPY; or, when the journal is meant to begin "
                "anew, move the copy away, then systemctl restart baytimed",
                "有一份备份的内容比当前记录更多：部分记录已丢失",
                "停止程序并恢复该副本：baytimed --restore 副本；若确实要重新开始，移走该副本后重启程序"},
    ProblemText{"disk-low", "the disk is nearly full", "free some space on the file system that holds this directory",
                "磁盘空间不足", "清理该目录所在的文件系统"},
    ProblemText{"audit-unwritten", "who was turned away is kept in memory, because the disk does not take it",
                "free some space where the journal lies; until it is written, a stop loses it",
                "拒绝记录暂存在内存中，因为磁盘无法写入", "清理记录文件所在的磁盘；写入之前停止程序会丢失这些记录"},
    ProblemText{"clock-untrusted",
                "the computer's clock is not believed; the shop's time goes on by itself, and cars handed over "
                "now get their verdict once the time has been checked",
                "set the clock or switch time synchronisation on (timedatectl set-ntp true); when it is right, "
                "systemctl reload baytimed takes it over",
                "计算机时钟不可信，店内时间暂时自行推进，时间核对后再判定此间的交车",
                "校准时钟或打开时间同步（timedatectl set-ntp true）；时钟正确后执行 systemctl reload baytimed"},
    ProblemText{
        "clock-ahead",
        "the computer's clock is over 35 days later than the newest entry, and no time server vouches for it; "
        "the shop's time goes on from that entry, and cars handed over now get their verdict once it is checked",
        "compare it with a watch: when it is right because the shop was closed so long, systemctl reload "
        "baytimed takes it over; when it is wrong, set it",
        "计算机时钟比最新记录晚了三十五天以上，又没有时间服务器作证；店内时间从最新记录接着走，核对后再判定此间的交车",
        "与手表核对：若因长期停业而时钟无误，执行 systemctl reload baytimed 即采用；若不对，先校准时钟"},
    ProblemText{
        "clock-behind",
        "the journal holds entries later than the computer's clock; the shop's time cannot go back, it goes on "
        "by itself, and cars handed over now get their verdict once the two agree",
        "compare the clock with a watch and set it when it is wrong. When it is right, it was ahead before: the "
        "shop's time waits for it while nobody is clocked on, if they differ by less than a day. If by more, "
        "put back a copy from before (baytime restore FILE) and enter again what came after",
        "记录中有晚于计算机时钟的内容；店内时间不能倒退，暂时自行推进，两者一致后再判定此间的交车",
        "与手表核对，时钟不对就校准。时钟正确，说明此前曾走快：相差不到一天时，无人开工的时候店内时间会自动等它；"
        "相差更多时，恢复走快之前的副本（baytime restore FILE），再补录之后的内容"},
    ProblemText{"configuration-refused", "the newest configuration is faulty; the old one stays in force",
                "see: baytimed --check-config; mend the file, then systemctl reload baytimed",
                "新配置有误，旧配置继续生效", "查看 baytimed --check-config，改正后执行 systemctl reload baytimed"},
    ProblemText{"restart-needed",
                "the configuration was changed where only a restart takes it over; until then the old values count",
                "systemctl restart baytimed when the shop can spare some seconds (with another [store]: stop, move the "
                "files there, start), or put the old values back and reload",
                "配置中有必须重启才能生效的改动，重启之前旧值继续有效",
                "找几秒空闲执行 systemctl restart baytimed（改了 [store] 时：先停止，把文件移过去，再启动），"
                "或改回旧值后执行 systemctl reload baytimed"},
    ProblemText{
        "bay-missing", "cars are in a bay that the configuration does not have, so no list of bays shows them",
        "put the [[bay]] back and reload, or give the cars another bay: baytime jobs, baytime assign ORDER BAY "
        "(work that is under way is paused before)",
        "有车辆所在的工位不在配置中，工位列表里看不到这些车",
        "把该 [[bay]] 写回配置后执行 systemctl reload baytimed，或给车辆另派工位：baytime jobs、baytime assign 工单 "
        "工位（施工中的先暂停）"},
    ProblemText{"tokens-put-back", "the list of tokens was gone at the start; its copy from the backups took its place",
                "what was revoked after that copy counts again: look at baytime token list, then restart the daemon",
                "启动时令牌列表不见了，已改用备份中的副本",
                "该副本之后吊销的令牌会重新有效：查看 baytime token list，然后重启程序"},
    ProblemText{"tls-key-put-back", "the daemon's key was gone at the start; its copy from the backups took its place",
                "clients go on as before; find out what removed or emptied the file: the disk may be failing. The next "
                "restart ends this message",
                "启动时密钥文件不见了或是空的，已改用备份中的副本",
                "客户端照常使用；请查明文件为何丢失或变空（磁盘可能有故障）。下次重启后此提示消失"},
    ProblemText{"sign-down", "a sign that must work does not show what it should",
                "look at its cable and power; see: baytime health, baytime sign trace NAME", "必需的显示屏没有正常显示",
                "检查电源和连线；查看 baytime health 和 baytime sign trace"},
    ProblemText{
        "drop-waiting", "order files wait in the drop folder, which cannot be read or written",
        "free some space there, or let the daemon's user read and write there; they are tried again every minute",
        "投放文件夹无法读取或写入，订单文件在等待处理", "清理该磁盘，或让程序的用户能读写该文件夹；每分钟自动重试"},
    ProblemText{"backup-failed", "the last backup could not be made",
                "look at the directory of backups ([store] backups), then: baytime backup", "上一次备份失败",
                "检查备份目录（[store] backups），然后执行 baytime backup"},
    ProblemText{"backup-doubtful",
                "a kept copy cannot be read or written anew, or its name is later than now; forgotten names may "
                "still stand in it",
                "look at that file; delete it, or carry it away, when a newer copy is good, then: baytime backup",
                "有一份备份无法读取或改写，或其名称晚于当前时间；其中可能仍有应删除的姓名",
                "检查该文件；确认有更新的完好备份后将其删除或移走，然后执行 baytime backup"},
    ProblemText{"backup-old", "the newest backup is too old", "make one now: baytime backup", "最新的备份过旧",
                "立即备份：baytime backup"},
    ProblemText{"screen-away", "a screen that should be here is not",
                "look at the screen's box: power, network, systemctl status baytime-lounge", "应当在线的屏幕没有连接",
                "检查屏幕主机的电源、网络和 systemctl status baytime-lounge"},
    ProblemText{
        "places-taken", "connections were refused in the last minutes: a device, an address or all have too many",
        "look for a program that connects again and again; if a device's token got away: baytime token revoke NAME",
        "最近几分钟有连接被拒绝：某台设备、某个地址或总数已满",
        "查找反复连接的程序；若某台设备的令牌泄露，执行 baytime token revoke NAME"},
    ProblemText{"queue-long", "commands wait longer than they should",
                "look for a program that floods the daemon; the disk may be slow", "等待处理的命令过多",
                "查找大量发送请求的程序；磁盘可能过慢"},
    ProblemText{"output-unread", "clients do not read their answers",
                "look for a screen or program that hangs; it is cut off at its limit", "客户端没有读取应答",
                "查找卡住的屏幕或程序；超出上限时会被断开"},
};

}  // namespace

std::span<const ProblemText> problems() {
    return texts;
}

const ProblemText* find_problem(std::string_view name) {
    const auto* found = std::ranges::find(texts, name, &ProblemText::name);
    return found == texts.end() ? nullptr : found;
}

}  // namespace baytime::protocol
