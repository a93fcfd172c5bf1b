package cn.linli.ci

import cn.linli.app.Route
import cn.linli.core.Answer
import cn.linli.core.AskedFor
import cn.linli.core.HomeMoney
import cn.linli.core.Money
import cn.linli.core.RoundDetail
import cn.linli.core.UiEvent

private const val TARIFF = """
[[charge]]
name = "物业费"
kind = "area"
rate = 2.35

[[charge]]
name = "垃圾费"
kind = "fixed"
rate = 8
"""

/** Two notes of a hundred yuan, one of ten, eight of one: one door's fee, but for its fen. */
private const val NOTES = "10000x2 1000x1 100x8"

/** A month that was billed, and a round that is being walked: what the pictures of money show. */
class Fees(private val office: Phone, private val company: Phone, private val head: Phone, private val owner: Phone) {
    private val round: String

    init {
        listOf(office, company, head, owner).forEach { it.speak("zh", elder = false) }
        office.charge(TARIFF)
        round = until("${head.name} has a round") { head.money().rounds.firstOrNull { it.own }?.id ?: sync() }
        until("bills") { head.at("3-2-602").bills.isNotEmpty().orNull() ?: sync() }
        collect("3-2-101", "218.02")
        collect("3-2-102", "218.02")
        visit("3-2-201")
        count()
        collect("3-2-501", "100")
        collect("3-2-502", "218.02")
        until("the owner sees it") { owner.money("3-2-501").home?.papers?.isNotEmpty()?.orNull() ?: sync() }
        until("the company sees it") { company.round().counts.isNotEmpty().orNull() ?: sync() }
        head.send(UiEvent.KeepDraft("sum/home/3-2-301/$round", "218.02"))
        head.send(UiEvent.KeepDraft("notes/round/$round", NOTES))
        head.send(UiEvent.KeepDraft("round/$round", "3-2-301"))
        for (phone in listOf(office, company, head, owner)) phone.send(UiEvent.HideMoney)
    }

    /** What the owner scans: a neighbour's receipt would be as good. */
    val code = until("a code") { owner.money("3-2-501", receipt = owner.at("3-2-501").papers.first().id).receipt?.code }

    fun pages(): List<Triple<String, Phone, Route>> {
        val count = company.round().counts.first()
        return listOf(
            Triple("money-owner", owner, Route.Money), Triple("money-head", head, Route.Money),
            Triple("money-office", office, Route.Money), Triple("money-company", company, Route.Money),
            Triple("home", owner, Route.HomeMoney("3-2-501")),
            Triple("door", head, Route.HomeMoney("3-2-301", round)),
            Triple("receipt", head, Route.HomeMoney("3-2-502", round)),
            Triple("round", head, Route.Round(round)), Triple("round-office", company, Route.Round(round)),
            Triple("collect", head, Route.Collect("3-2-301", round)),
            Triple("count", head, Route.Count("round/$round", "count", round)),
            Triple("recount", company, Route.Count(count.subject, "recount", round)),
            Triple("scan", owner, Route.ScanReceipt),
            Triple("visit", head, Route.MoneyAct("door/$round/3-2-301", "visit", "3-2-301", round)),
        )
    }

    private fun sync() = listOf(office, company, head, owner).forEach { it.send(UiEvent.SyncNow) }.let {
        Thread.sleep(50)
        null
    }

    private fun Phone.at(unit: String): HomeMoney = money(unit).home!!

    private fun Phone.round(): RoundDetail = until("$name sees the round") {
        (money().rounds.isNotEmpty().orNull() ?: sync())?.let { money(round = round).round }
    }

    private fun collect(unit: String, sum: String) {
        val home = head.money(unit, round).home!!
        head.send(UiEvent.MoneyAct(home.subject, "collect", listOf(Answer("sum", sum)), null))
        until("a receipt of $unit") { head.money(unit, round).home?.fresh }
    }

    private fun visit(unit: String) {
        val door = head.money(round = round).round!!.doors.single { it.unit == unit }
        val how = door.actions.single().asks.first().choices.last().value
        val answers = listOf(Answer("visit", how), Answer("text", "晚上七点以后在"))
        head.send(UiEvent.MoneyAct(door.subject, "visit", answers, null))
        until("the visit is noted") {
            head.money(round = round).round!!.doors.single { it.unit == unit }.note.ifEmpty { null }
        }
    }

    private fun count() {
        val answers = listOf(Answer("notes", "10000x4 1000x3 100x6"), Answer("text", "四分零钱没有找"))
        head.send(UiEvent.MoneyAct(head.round().subject, "count", answers, null))
        until("it is counted") { head.round().counts.isNotEmpty().orNull() }
    }
}

/** Sets what is charged, bills this month, and gives a round to each who can collect. */
fun Phone.charge(tariff: String) {
    does("tariff") { tariff }
    does("bill") { it.choices.first().value }
    val collectors = until("$name may open_round") { money().actions.find { it.word == "open_round" } }.asks
        .single { it.word == "collector" }.choices
    for (collector in collectors) {
        does("open_round") { if (it.word == "collector") collector.value else it.choices.first().value }
    }
    until("everybody has a round") { (money().rounds.size == collectors.size).orNull() }
    send(UiEvent.HideMoney)
}

private fun Phone.does(word: String, answer: (AskedFor) -> String) {
    val action = until("$name may $word") { money().actions.find { it.word == word } }
    val answers = action.asks.filter { !it.optional }.map { Answer(it.word, answer(it)) }
    send(UiEvent.MoneyAct("money", word, answers, null))
    until("$word is written and sent") { shown { frame }.takeIf { it.unsent == 0u } }
}

/** What is told of money, once it is told of what is asked for. */
fun Phone.money(
    unit: String? = null,
    round: String? = null,
    receipt: String? = null,
    book: String? = null,
): Money {
    send(UiEvent.ShowMoney(unit, round, null, receipt, null, book, null))
    return until("$name is told of money") {
        shown { money }.takeIf {
            it.subject.isNotEmpty() && it.home?.unit == unit && it.round?.line?.id == round &&
                it.book?.name == book && (receipt == null || it.receipt?.id == receipt)
        }
    }
}
