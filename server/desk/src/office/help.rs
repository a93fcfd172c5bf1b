//! What `linli --help` says about the office.

/// In English.
pub(crate) const HELP_EN: &str = "
The office (DIR is the desk's folder; --community N if it holds several):

  linli repairs list --desk DIR [--filter all|open|closed|mine|for_me|complaints|late]
        [--search TEXT] [--building B] [--class C] [--csv|--json]
  linli repairs show --desk DIR ID
      The beginning of an id is enough, from four characters.
  linli repairs assign --desk DIR ID --to PERSON [--how hand|turn]
  linli repairs assign --desk DIR ID --how turn
      Hands a repair to somebody of the company, or to whose turn it is: the fewest open ones, then
      sent longest ago. linli sync sends it.
  linli repairs export --desk DIR --csv|--json|--open311 FILE [--from DAY] [--to DAY]
        [--homes] [-o FILE]
      FILE of Open311 GeoReport v2: service_requests.json, service_requests.xml, services.json,
      services.xml; common parts only, unless --homes: then under their building, without unit.
  linli report sla --desk DIR --month 2026-11 [--csv|--html|--json] [-o FILE]
      What came of the promises of a month; --html is a page to print.
  linli export hledger|beancount|csv --at DIR [--year Y | --from DAY --to DAY] --out FILE
        [--what ledger|disclosure]
      The books, double entry, every line with the fact it follows from. hledger check --strict and
      bean-check sum up the balances of each month for themselves. --what disclosure is what may be
      published, as csv: totals by quarter, what was collected by building, arrears by age; no home.
  linli sync --desk DIR [--relay URL]
      Sends and fetches once. Ends with 1 if the relay was not reached or something is wrong.
  linli carry FILE --desk DIR [--relay URL]
      Takes what somebody without a net shared as a file, and hands it to the relay. It counts once,
      however often and whichever way it comes. Ends with 1 if something of it is left or refused.
  linli share-outbox --desk DIR -o FILE
      Writes what this desk could not send into a file, for another desk or phone to carry.
  linli join --desk DIR --name NAME INVITATION
      Begins a new desk; or one with new keys, where a desk or its key is lost: two people approve
      it and say which lost device it replaces.
  linli backup --desk DIR FILE [--passphrase-file FILE]
      A sealed copy of the whole desk with its keys. Nothing else may have the desk open.
  linli restore --desk DIR FILE [--passphrase-file FILE]
      Makes the desk anew in DIR. It can only be read until linli sync has proved that nothing it
      wrote is missing; the old desk must never be used again.
  linli rewrite --from OLD --desk DIR
      Asks anew, with the new desk, what the old one wrote and could not send.
";

/// In Chinese.
pub(crate) const HELP_ZH: &str = "
办公桌（“目录”是办公桌的目录；有多个小区时加 --community 序号）：

  linli repairs list --desk 目录 [--filter all|open|closed|mine|for_me|complaints|late]
        [--search 文字] [--building 楼] [--class 类别] [--csv|--json]
  linli repairs show --desk 目录 编号
      编号写开头即可，至少四位。
  linli repairs assign --desk 目录 编号 --to 人 [--how hand|turn]
  linli repairs assign --desk 目录 编号 --how turn
      派单给物业人员；或轮单：手上最少的先派，一样少时最久没派的先派。用 linli sync 送出。
  linli repairs export --desk 目录 --csv|--json|--open311 文件 [--from 日期] [--to 日期]
        [--homes] [-o 文件]
      Open311 GeoReport v2 的文件：service_requests.json、service_requests.xml、services.json、
      services.xml；只含共有部分，加 --homes 时户内的只写到楼，不写房号。
  linli report sla --desk 目录 --month 2026-11 [--csv|--html|--json] [-o 文件]
      一个月的报修时限报告；--html 是可打印的网页。
  linli export hledger|beancount|csv --at 目录 [--year 年 | --from 日期 --to 日期] --out 文件
        [--what ledger|disclosure]
      导出复式账，每笔都写明依据。hledger check --strict 和 bean-check 会自行核对每月余额。
      --what disclosure 导出可公示的汇总（csv）：按季度合计、按楼收缴、按账龄欠费，不含房号。
  linli sync --desk 目录 [--relay 网址]
      收发一次。没连上中转服务或有不对之处时以 1 结束。
  linli carry 文件 --desk 目录 [--relay 网址]
      接下没有网络的人分享的文件，替他交给中转服务。无论来几次、走哪条路，都只算一次。
      有剩下的或不收的，以 1 结束。
  linli share-outbox --desk 目录 -o 文件
      把这张办公桌没能送出的写进文件，请别的办公桌或手机捎带。
  linli join --desk 目录 --name 姓名 邀请
      新建办公桌；办公桌或其密钥丢失时，也这样补办新密钥：由两人审批，并说明替换哪台旧设备。
  linli backup --desk 目录 文件 [--passphrase-file 文件]
      把整张办公桌连同密钥加密备份。此时不能有别的程序开着它。
  linli restore --desk 目录 文件 [--passphrase-file 文件]
      在目录里恢复办公桌。linli sync 核对完之前只能查看；旧办公桌从此不可再用。
  linli rewrite --from 旧目录 --desk 目录
      用新办公桌重写旧办公桌没能送出的内容。
";
