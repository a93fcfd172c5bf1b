use super::*;

const WECHAT: &str = "微信支付账单明细,,,,,,,,\n\
    微信昵称：[和园业委会],,,,,,,,\n\
    起始时间：[2026-03-01 00:00:00] 终止时间：[2026-03-31 23:59:59],,,,,,,,\n\
    ,,,,,,,,\n\
    收入：3笔 630.06元,,,,,,,,\n\
    ----------------------微信支付账单明细列表--------------------,,,,,,,,\n\
    交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注\n\
    2026-03-31 20:01:02,二维码收款,王某某,收款方备注:3-2-501,收入,¥210.02,/,已收钱,10000001\t,10001\t,/\n\
    2026-03-30 09:05:00,商户消费,某五金店,门锁,支出,¥50.00,零钱,支付成功,10000002\t,10002\t,/\n\
    2026-03-29 09:05:00,某五金店-退款,某五金店,门锁,收入,¥50.00,零钱,已全额退款,10000003\t,10003\t,/\n\
    2026-03-28 09:05:00,二维码收款,李某,/,收入,¥210.02,/,已退款(￥10.00),10000004\t,/,/\n\
    2026-03-27 09:05:00,转账,赵某,/,收入,¥210.02,/,已全额退款,10000005\t,/,/\n\
    2026-03-26 09:05:00,零钱提现,某银行,/,/,¥900.00,某银行,提现已到账,10000006\t,/,服务费¥0.90\n\
    2026-03-25 09:05:00,转账,钱某,/,收入,¥1.00,/,莫名其妙,10000007\t,/,/\n";

fn standings(statement: &Statement) -> Vec<Standing> {
    statement.lines.iter().map(|line| line.standing).collect()
}

#[test]
fn wechat_has_a_preamble_signs_of_the_currency_and_tabs_behind_its_numbers() {
    let statement = statement(WECHAT);
    assert_eq!((statement.channel, statement.header), (Channel::WeChat, 7));
    let first = &statement.lines[0];
    assert_eq!(first.serial.as_deref(), Some("10000001"));
    assert_eq!(first.order.as_deref(), Some("10001"));
    assert_eq!((first.day, first.amount), (day("2026-03-31"), yuan("210.02")));
    assert_eq!(first.time, TimeOfDay::new(20, 1, 2));
    assert_eq!((first.party.as_str(), first.memo.as_str()), ("王某某", "收款方备注:3-2-501"));
    assert_eq!(statement.lines[1].amount, yuan("-50"));
    assert_eq!(
        standings(&statement),
        [
            Standing::Income,
            Standing::Not(NotIncome::PaidOut),
            Standing::Not(NotIncome::Refund),
            Standing::Doubtful(Doubt::PartlyRefunded),
            Standing::Not(NotIncome::Refunded),
            Standing::Not(NotIncome::Neutral),
            Standing::Doubtful(Doubt::StatusUnknown),
        ]
    );
}

#[test]
fn alipay_has_a_newer_layout() {
    let statement = statement(
        "------------------------------------------------------------------------------------\n\
         导出信息：\n姓名：和园业委会\n共5笔记录\n特别提示：\n\n\
         ------------------------支付宝（中国）网络技术有限公司  电子客户回单------------------------\n\
         交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,\n\
         2026/3/1 9:05,其他,王某某,wang***@qq.com,物业费3号楼2单元501,收入,210.02,余额,交易成功,2026030122001\t,\t,,\n\
         2026-03-02 09:05:00,其他,李某,/,转账,收入,210.02,,交易关闭,2026030122002\t,T2\t,,\n\
         2026-03-03 09:05:00,退款,某店,/,退款-门锁,不计收支,50.00,,退款成功,2026030122003_1\t,T3\t,,\n\
         2026-03-04 09:05:00,投资理财,某基金,/,余额宝,不计收支,50.00,,交易成功,2026030122004\t,\t,,\n\
         2026-03-05 09:05:00,其他,钱某,/,代付,收入,210.02,,等待对方付款,2026030122005\t,\t,,\n",
    );
    assert_eq!(
        (statement.channel, statement.header, statement.lines.len()),
        (Channel::Alipay, 8, 5)
    );
    assert_eq!(statement.lines[0].time, TimeOfDay::new(9, 5, 0));
    assert_eq!(statement.lines[0].order, None);
    assert_eq!(
        standings(&statement),
        [
            Standing::Income,
            Standing::Not(NotIncome::Closed),
            Standing::Not(NotIncome::Refund),
            Standing::Not(NotIncome::Neutral),
            Standing::Not(NotIncome::Pending),
        ]
    );
}

#[test]
fn alipay_has_an_older_layout_with_a_footer() {
    let statement = statement(
        "支付宝交易记录明细查询\n账号:[wang@example.com]\n起始日期:[2026-03-01]    终止日期:[2026-03-31]\n\
         ---------------------------------交易记录明细列表------------------------------------\n\
         交易号                  ,商家订单号               ,交易创建时间              ,付款时间                ,最近修改时间              ,交易来源地     ,类型              ,交易对方            ,商品名称                ,金额（元）   ,收/支     ,交易状态    ,服务费（元）   ,成功退款（元）  ,备注                  ,资金状态     ,\n\
         2026030122001 \t,\t,2026-03-01 09:00:00 ,2026-03-01 09:05:00 ,2026-03-01 09:05:00 ,其他 ,即时到账交易 ,王某某 ,物业费3-2-501 ,210.02 ,收入 ,交易成功 ,0.00 ,0.00 , ,已收入 ,\n\
         2026030122002 \t,\t,2026-03-02 09:00:00 ,2026-03-02 09:05:00 ,,其他 ,即时到账交易 ,李某 ,收款 ,210.02 ,收入 ,交易成功 ,0.00 ,10.00 , ,已收入 ,\n\
         2026030122003 \t,\t,2026-03-03 09:00:00 , ,,其他 ,即时到账交易 ,赵某 ,收款 ,210.02 ,收入 ,交易关闭 ,0.00 ,0.00 , , ,\n\
         2026030122004 \t,\t,2026-03-04 09:00:00 ,2026-03-04 09:05:00 ,,其他 ,即时到账交易 ,钱某 ,收款 ,210.02 ,收入 ,交易成功 ,0.00 ,210.02 , ,已收入 ,\n\
         ------------------------------------------------------------------------------------\n\
         共4笔记录\n已收入:2笔,420.04元\n待收入:0笔,0.00元\n已支出:0笔,0.00元\n待支出:0笔,0.00元\n\
         导出时间:[2026-03-31 10:00:00]    用户:王某某\n",
    );
    assert_eq!(statement.channel, Channel::Alipay);
    assert_eq!(statement.remarks, (10..=16).collect::<Vec<u32>>());
    assert_eq!(statement.lines[0].time, TimeOfDay::new(9, 5, 0), "when it was paid");
    assert_eq!(statement.lines[2].day, day("2026-03-03"), "it never was paid");
    assert_eq!(
        standings(&statement),
        [
            Standing::Income,
            Standing::Doubtful(Doubt::PartlyRefunded),
            Standing::Not(NotIncome::Closed),
            Standing::Not(NotIncome::Refunded),
        ]
    );
}

#[test]
fn banks_name_their_columns_in_many_ways() {
    for header in [
        "交易日期,收入,支出,余额,对方户名,摘要,流水号",
        "记账日期,贷方发生额（元）,借方发生额（元）,账户余额,对方名称,附言,交易流水号",
        "日期,存入金额,支取,交易后余额,对手户名,用途,银行流水号",
        "Date,Credit,Debit,Balance,Counterparty,Description,Transaction ID",
        "date,money_in,money_out,balance,party,memo,serial",
    ] {
        let statement = statement(&format!(
            "账号:6222,,,,,,\n\n{header}\n20260301,210.02,,1000.00,王某,费,77\n\
                                20260302,0.00,50,950.00,某店,锁,78\n合计,210.02,50.00,,,,\n"
        ));
        let lines = &statement.lines;
        assert_eq!((statement.channel, lines.len()), (Channel::Bank, 2), "{header}");
        assert_eq!(
            (lines[0].day, lines[0].amount),
            (day("2026-03-01"), yuan("210.02")),
            "{header}"
        );
        assert_eq!(lines[0].balance, Some(yuan("1000")));
        assert_eq!(lines[0].serial.as_deref(), Some("77"), "{header}");
        assert_eq!((lines[0].party.as_str(), lines[0].memo.as_str()), ("王某", "费"), "{header}");
        assert_eq!(
            (lines[1].amount, lines[1].standing),
            (yuan("-50"), Standing::Not(NotIncome::PaidOut))
        );
        assert_eq!(statement.remarks, [6]);
    }
}

#[test]
fn one_signed_sum_does_as_well_with_or_without_a_direction() {
    let signed =
        statement("日期,金额,摘要\n2026-03-01,210.02,a\n2026-03-01,-5,b\n2026-03-01,(5.00),c\n");
    let sums = |statement: &Statement| -> Vec<Fen> {
        statement.lines.iter().map(|line| line.amount).collect()
    };
    assert_eq!(sums(&signed), [yuan("210.02"), yuan("-5"), yuan("-5")]);
    let said = statement(
        "日期,交易金额,借贷标志\n2026-03-01,210.02,贷\n2026-03-01,5,借\n2026-03-01,-7,借\n",
    );
    assert_eq!(sums(&said), [yuan("210.02"), yuan("-5"), yuan("-7")]);
    let bad = problems("日期,交易金额,借贷标志\n2026-03-01,210.02,?\n");
    assert_eq!((bad[0].fault, bad[0].column), (Fault::DirectionForm, 3));
}

#[test]
fn what_a_bank_strikes_off_is_out_and_what_it_calls_a_reversal_is_a_persons() {
    let statement = statement(
        "日期,收入,支出,摘要,状态\n2026-03-01,-210.02,,冲正,\n2026-03-01,,-50.00,退汇,\n\
         2026-03-01,210.02,,费,失败\n2026-03-01,0.00,0.00,结息,\n",
    );
    assert_eq!(statement.lines[1].amount, yuan("50"));
    assert_eq!(
        standings(&statement),
        [
            Standing::Not(NotIncome::PaidOut),
            Standing::Doubtful(Doubt::Reversal),
            Standing::Not(NotIncome::Failed),
            Standing::Not(NotIncome::Zero),
        ]
    );
}

#[test]
fn figures_are_read_where_they_are_clear() {
    use super::super::values::figure;
    for (text, fen) in [
        ("1,234.56", 123_456),
        ("12,345,678", 1_234_567_800),
        ("¥-210.02", -21_002),
        ("-¥1,210.02", -121_002),
        ("（5.00）", -500),
        ("210.02元", 21_002),
        ("+5", 500),
        ("CNY 5.5", 550),
        ("１２.５", 1_250),
    ] {
        assert_eq!(figure(text), Ok(Some(Fen::new(fen))), "{text}");
    }
    for text in ["", "-", "--", "—", "/"] {
        assert_eq!(figure(text), Ok(None), "{text}");
    }
    for text in [
        "12,34",
        "1234,567",
        "1.234,56",
        ",234",
        "--5",
        "(-5)",
        "1e3",
        "5.001",
        "五",
        "¥",
        "99999999999999999",
    ] {
        assert!(figure(text).is_err(), "{text}");
    }
}

#[test]
fn days_come_with_and_without_times() {
    use super::super::values::moment;
    let at = |hour, minute, second| TimeOfDay::new(hour, minute, second);
    for (text, time) in [
        ("2026-03-01", None),
        ("2026/3/1", None),
        ("20260301", None),
        ("2026年3月1日", None),
        ("2026-03-01 09:05:06", at(9, 5, 6)),
        ("2026/3/1 9:05", at(9, 5, 0)),
        ("2026-03-01T09:05:06", at(9, 5, 6)),
        ("20260301090506", at(9, 5, 6)),
        ("20260301 090506", at(9, 5, 6)),
        ("2026-03-01 09:05:06.0", at(9, 5, 6)),
    ] {
        assert_eq!(moment(text), Some((day("2026-03-01"), time)), "{text}");
    }
    for text in ["", "20260230", "2026-13-01", "03/01/2026", "2026-03-01 25:00", "1 2 3", "202603"]
    {
        assert_eq!(moment(text), None, "{text}");
    }
    let own =
        statement("交易日期,交易时间,金额\n20260301,090506,1\n20260301,2026-03-01 09:05:06,1\n");
    assert!(own.lines.iter().all(|line| line.time == at(9, 5, 6)));
}
