//! The help texts.

/// Help text in English.
pub const HELP_EN: &str = "\
The relay of Linli: keeps the sealed log of every community; it can read none of it.

Usage: linli relay [SETTINGS]                  runs it
       linli relay backup DIR [--data DIR]     copies all it keeps, also while it runs

  --listen ADDRESS        address and port (default 127.0.0.1:8787; port 0 takes a free one)
  --data DIR              folder of the database (default ./linli-relay)
  --operator-token TOKEN  what founding a community takes; none means that nobody may found
  --operator-tokens FILE  more tokens, one a line, read at each founding; `once TOKEN` founds one
                          community
  --tls-certificate FILE  speaks TLS itself, with this PEM chain
  --tls-key FILE          its key; both are read again at SIGHUP
  --proxy ADDRESS         a proxy on another machine that may name the phone's address in
                          X-Forwarded-For; one on this machine always may
  --max-mib N             largest size of the database in MiB; a full one takes nothing more
                          (default: what the disk holds)
  --config FILE           TOML file with the same settings, such as max_mib = 900
  --new-epoch             after restoring a backup: begins a new log epoch, so that phones offer
                          again what the backup lacks
  --help                  this text

Quotas; who is over one is told when to come again:
  --device-packs-minute N     packs a minute of one device (default 6000)
  --community-packs-minute N  packs a minute of one community (default 60000)
  --device-mib-day N          MiB of packs a day of one device (default 64)
  --community-mib-day N       MiB of packs a day of one community (default 1024)
  --device-blob-mib-day N     MiB of photos and papers a day of one device (default 64)
  --community-blob-mib N      MiB of photos and papers of one community (default 4096)
  --blob-mib N                the same of all communities together (default: no limit)
  --sessions-minute N         calls a minute from one address to open sessions (default 1200)

Without a certificate it speaks plain HTTP, and phones talk plainly to their own machine only: put
a TLS proxy before it. A backup is a folder to start from: linli relay --data DIR --new-epoch.
Told to stop (SIGTERM, Ctrl-C) it answers who waits and ends with 0; with 1 if it cannot start or
its disk fails, with 2 for a bad setting.

Environment: LINLI_RELAY_ and the setting in capitals, such as LINLI_RELAY_OPERATOR_TOKEN.
";

/// Help text in Chinese.
pub const HELP_ZH: &str = "\
邻里中转服务：保存每个小区的密封日志，自己一个字也读不到。

用法：linli relay [设置]                      运行
      linli relay backup 目录 [--data 目录]   备份全部数据，运行中也可以

  --listen 地址           地址和端口（默认 127.0.0.1:8787；端口 0 表示任取一个空闲端口）
  --data 目录             数据库目录（默认 ./linli-relay）
  --operator-token 令牌   建立小区所需的令牌；不设则谁也不能建立
  --operator-tokens 文件  更多令牌，每行一个，每次建立小区时读取；写 once 令牌 则只能建立一个
                          小区
  --tls-certificate 文件  自己提供 TLS，使用此 PEM 证书链
  --tls-key 文件          证书的私钥；收到 SIGHUP 时两者重新读取
  --proxy 地址            另一台机器上的代理，可用 X-Forwarded-For 说明手机的地址；本机的代理
                          总是可以
  --max-mib N             数据库最大容量（MiB），满了就不再接收（默认以磁盘为限）
  --config 文件           TOML 文件，写同样的设置，例如 max_mib = 900
  --new-epoch             从备份恢复之后使用：开始新的日志纪元，手机会补交备份里缺的内容
  --help                  本说明

限额；超出者会得知何时再来：
  --device-packs-minute N     一台设备每分钟的包数（默认 6000）
  --community-packs-minute N  一个小区每分钟的包数（默认 60000）
  --device-mib-day N          一台设备每天的包（MiB，默认 64）
  --community-mib-day N       一个小区每天的包（MiB，默认 1024）
  --device-blob-mib-day N     一台设备每天的照片和文件（MiB，默认 64）
  --community-blob-mib N      一个小区的照片和文件总量（MiB，默认 4096）
  --blob-mib N                所有小区的照片和文件总量（MiB，默认不限）
  --sessions-minute N         一个网络地址每分钟的登录次数（默认 1200）

没有证书时本服务只说明文 HTTP，而手机只对本机说明文，所以前面要放一个 TLS 代理。
备份是一个可以直接启动的目录：linli relay --data 目录 --new-epoch。
收到停止信号（SIGTERM、Ctrl-C）时先答复等候者，再以 0 结束；无法启动或磁盘出错以 1 结束，
设置有误以 2 结束。

环境变量：LINLI_RELAY_ 加大写的设置名，例如 LINLI_RELAY_OPERATOR_TOKEN。
";
