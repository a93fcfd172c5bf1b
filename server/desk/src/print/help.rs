//! What `linli --help` says about paper.

/// In English.
pub(crate) const HELP_EN: &str = "
On paper: PDF, A4, in the language of --lang, with QR codes. Tables as above; nothing is written if
something is wrong. A part of a font for Chinese goes into the file: the one of --font FILE, else one of
this computer (Noto Sans CJK, PingFang, Microsoft YaHei, WenQuanYi and others); a character that the font
lacks is told. --title is the name of the community; -o FILE, or --out FILE, is the file.

  linli print bills --roster FILE --tariff FILE --from 2026-01 --to 2026-12 [--due 2026-12-31]
        [--title NAME] [--font FILE] -o FILE
      A bill for every unit that has something to pay, with the reason of each charge; short ones stand
      two to a page. Files as linli bill has them.
  linli print demands --debts FILE [--day 2026-11-30] [--title NAME] [--font FILE] -o FILE
      A letter to each unit that asks for its debts: sums, until when they are enforceable, 30 days to
      pay, and that nothing is cut off for arrears (Civil Code 944). The day is today if it is not said.
      Columns: unit 房号, id 编号, due 到期日, principal 本金, late 违约金.
  linli print round --debts FILE [--title NAME] [--font FILE] -o FILE
      The sheet for going from door to door: homes by building, stair and floor, what each owes, boxes
      for what came of it, the sums of stairs. Columns as above.
  linli print slips --prefix ABCD --from 1 --count 40 [--title NAME] [--font FILE] -o FILE
      Receipts with stubs, to be filled in by hand, four to a page. The serial is PS-ABCD-0001 and a
      check character (ISO 7064, MOD 37,36), and stands in the QR codes.
";

/// In Chinese.
pub(crate) const HELP_ZH: &str = "
打印：A4 的 PDF，带二维码，语言由 --lang 决定。表格同上；有问题时什么也不写出。文件里嵌入中文字体
用到的部分：--font 指定的字体，否则用本机的（思源黑体 Noto Sans CJK、苹方、微软雅黑、文泉驿等）；
字体缺字时会指出。--title 是小区名称；-o 文件（或 --out 文件）是要写的文件。

  linli print bills --roster 文件 --tariff 文件 --from 2026-01 --to 2026-12 [--due 2026-12-31]
        [--title 名称] [--font 文件] -o 文件
      每个有应付款的房号一张账单，逐项说明理由；短的两张一页。文件与 linli bill 相同。
  linli print demands --debts 文件 [--day 2026-11-30] [--title 名称] [--font 文件] -o 文件
      每个房号一份催告书：各笔欠费、合计、诉讼时效、三十天的付款期限，并写明不会因欠费停水停电
      （民法典第 944 条）。不写日期时为今天。
      列：房号 unit、编号 id、到期日 due、本金 principal、违约金 late。
  linli print round --debts 文件 [--title 名称] [--font 文件] -o 文件
      上门收款单：按楼、单元、楼层排列，写明每户应收多少，留出勾选结果的方框和各单元小计。列同上。
  linli print slips --prefix ABCD --from 1 --count 40 [--title 名称] [--font 文件] -o 文件
      手写收据，带存根，每页四张。编号为 PS-ABCD-0001 加一位校验字符（ISO 7064 MOD 37,36），
      也在二维码里。
";
