//! What `linli --help` says about payments.

/// In English.
pub(crate) const HELP_EN: &str = "
Payments, on plain files and without a community. Tables are CSV in UTF-8, UTF-16 or GB18030, or XLSX,
with columns in any order; sums are in yuan. If something is wrong, every problem is told with its line,
its column and what to do, nothing is written, and it ends with 1. --json gives data with sums in fen,
-o FILE writes into a file.

  linli bill --roster FILE --tariff FILE --from 2026-01 --to 2026-12 [--json] [-o FILE]
      What every unit has to pay, line by line, each with its reason. Columns of the roster:
        unit 房号, area_m2 面积, kind 用途 (home, shop, parking, storage); and if wanted
        bill_from 计费起日 (the day of the handover), vacant_from 空置起日, prepaid 预缴 (how many months
        from the first of the run on, the last month of them, or yes or no: bill them in one run).
      The tariff is TOML. unit_kinds, from and until may be left out:
        [[charge]]
        name = \"Property fee\"
        kind = \"area\"                      # area: yuan for a m²; fixed: for a unit; parking: for a space;
        rate = 2.35                        # shared: for all units together, shared by area
        unit_kinds = [\"home\", \"shop\"]
        from = \"2026-01\"                   # a month or a day; it changes whole months
        until = \"2026-12-31\"               # the last day of the last month
        [rules]                            # what differs from the national RuleSet
        handover_month = \"next_month\"      # or daily, by days, where a unit is handed over in a month
        vacancy_months = 6                 # months a unit is empty before it pays less (area, fixed)
        vacancy_rate = \"60%\"               # of the rate; or 0.6, or 3/5
        prepay_months_max = 12
        prepay_discount = \"5%\"
        round = \"half_up_fen\"              # or half_up_jiao, half_up_yuan: each line once
  linli allocate --amount YUAN --areas FILE [--json] [-o FILE]
      Shares a sum by area, to the fen: largest remainder, ties by building, stair and room. The sum may
      be negative. Columns: unit 房号, area_m2 面积.
  linli late --due 2026-01-31 --paid 2026-03-02 --principal YUAN --rate-per-day PERCENT [--cap PERCENT]
        [--json] [-o FILE]
  linli late --csv FILE [--rate-per-day PERCENT] [--cap PERCENT] [--json] [-o FILE]
      The late fee: simple, by day from the day after it was due, cut at the cap (30 percent of the
      principal unless it is said). 0.05 is five in ten thousand. Columns: due 到期日, paid 付款日,
      principal 本金; and if wanted id 编号, rate_per_day 日利率, cap 上限, which count before the flags.
  linli settle --debts FILE --pay YUAN [--order code|principal_first|late_first] [--choose ID]
        [--json] [-o FILE]
      What a payment pays: the debt that the payer chooses, then the oldest, those of one day in
      proportion; of each the late fee first (Civil Code 560, 561), or the principal where the contract
      says so; late_first gives what the law gives. What is left over is a credit.
      Columns: id 编号, due 到期日, principal 本金, late 违约金.
  linli import bank FILE [--expected FILE] [--known FILE] [--account NAME] [--dry-run]
        [--json] [-o FILE]
      Reads a statement of a bank, of WeChat or of Alipay as it was exported, and puts each line beside what
      is expected: by reference, else by a unit's code in its text, else by day (3 days apart at most), sum
      and party; always with the same sum. Where two fit alike nothing is guessed: a person chooses. Refunds,
      closed and failed trades are told, not counted. Columns of what is expected: id 编号, unit 房号 (may
      be empty), amount 金额; and if wanted due 到期日, reference 参考号, party 付款人. Without --expected every
      line of income is an open task.
      --known FILE  the lines that were imported before: read if it is there, then added to. The same
                    statement twice, or one that overlaps, adds nothing twice, if each export holds whole
                    days. An id or any other word in its column match closes a line. One file for all
                    accounts: what one of them has paid is no longer expected of another.
      --account NAME  tells two accounts of one kind apart: the same name for one account each time
      --dry-run     writes nothing into the file
";

/// In Chinese.
pub(crate) const HELP_ZH: &str = "
收费（只用普通文件，不需要小区）。表格可以是 CSV（UTF-8、UTF-16 或 GB18030）或 XLSX，列的次序不限；
金额以元为单位。有问题时逐条指出行、列、原因和做法，什么也不写出，并以 1 结束。
--json 以数据形式输出，金额以分为单位；-o 文件 写入文件。

  linli bill --roster 文件 --tariff 文件 --from 2026-01 --to 2026-12 [--json] [-o 文件]
      每户应付的费用，逐行列出并说明理由。名册的列：
        房号 unit、面积 area_m2、用途 kind（住宅 home、商铺 shop、车位 parking、储藏间 storage）；
        可选：计费起日 bill_from（交付之日）、空置起日 vacant_from、预缴 prepaid（从第一个月起预缴几个月、
        预缴到哪个月，或 yes、no；预缴的月份请一次算完）。
      收费标准是 TOML 文件。unit_kinds、from、until 可以不写：
        [[charge]]
        name = \"物业费\"
        kind = \"area\"                      # area 每平方米；fixed 每户；parking 每车位；
        rate = 2.35                        # shared 所有房屋共付，按面积分摊（元）
        unit_kinds = [\"home\", \"shop\"]
        from = \"2026-01\"                   # 月份或日期；从整月起变
        until = \"2026-12-31\"               # 最后一个月的最后一天
        [rules]                            # 与全国规则不同之处
        handover_month = \"next_month\"      # 月中交付的次月起算；或 daily 按天算
        vacancy_months = 6                 # 空置几个月后少收（area、fixed）
        vacancy_rate = \"60%\"               # 按单价的多少收；也可写 0.6 或 3/5
        prepay_months_max = 12
        prepay_discount = \"5%\"
        round = \"half_up_fen\"              # 每行四舍五入一次：half_up_fen 到分、half_up_jiao 到角、half_up_yuan 到元
  linli allocate --amount 元 --areas 文件 [--json] [-o 文件]
      按面积分摊到分：最大余额法，相同时按楼、单元、房号的次序。金额可以是负数。
      列：房号 unit、面积 area_m2。
  linli late --due 2026-01-31 --paid 2026-03-02 --principal 元 --rate-per-day 百分数 [--cap 百分数]
        [--json] [-o 文件]
  linli late --csv 文件 [--rate-per-day 百分数] [--cap 百分数] [--json] [-o 文件]
      违约金：从到期次日起按天单利计算，到上限为止（不写时为本金的百分之三十）。万分之五写作 0.05。
      列：到期日 due、付款日 paid、本金 principal；可选：编号 id、日利率 rate_per_day、上限 cap
      （先于命令行的值）。
  linli settle --debts 文件 --pay 元 [--order code|principal_first|late_first] [--choose 编号]
        [--json] [-o 文件]
      一笔付款抵充哪些欠费：先是付款人指定的，再从最早到期的起，同日到期的按比例；每笔先违约金后本金
      （民法典第 560、561 条），合同约定先本金的用 principal_first；late_first 与法律规定的结果相同。
      余下的是余额。列：编号 id、到期日 due、本金 principal、违约金 late。
  linli import bank 文件 [--expected 文件] [--known 文件] [--account 名称] [--dry-run]
        [--json] [-o 文件]
      读取银行、微信或支付宝导出的流水（账单的原文件），逐笔与等着收的款项核对：先看单号，再看文字里的房号，
      再看日期（最多相差 3 天）、金额和付款人；金额总要相同。两个都对得上时不猜，由人来选。
      退款、关闭、失败的交易会列明，不算收入。等着收的款项的列：编号 id、房号 unit（可以空着）、
      金额 amount；可选：到期日 due、参考号 reference、付款人 party。不写 --expected 时，每笔收入都是待办。
      --known 文件  以前导入过的交易：有就读取，再把新的记进去。同一份流水导入两次，或日期有重叠，都不会
                    重复记，只要每次导出的都是整天。在 match 一列写上编号或别的字，这一笔就了结。
                    所有账户用同一个文件：一个账户收到了的，就不再等另一个账户。
      --account 名称  区分两个同类的账户；同一个账户每次用同一个名称
      --dry-run     不写进去
";
