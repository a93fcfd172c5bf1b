package cn.linli.ci

import cn.linli.app.Route
import cn.linli.core.Answer
import cn.linli.core.AskedFor
import cn.linli.core.BookPage
import cn.linli.core.UiEvent
import java.io.File

private const val PUMPS = "更换3号楼生活水泵，清洗水箱，换掉老化的进水阀门"
private const val ROOF = "3号楼屋面防水"

/** Works that are paid, works that wait for a second, income and what became of it: what the books show. */
class Books(private val office: Phone, private val company: Phone, private val owner: Phone) {
    private val phones = listOf(office, company, owner)
    private val pumps: String
    private val roof: String

    init {
        payFund("3-2-501", "8937.00")
        payFund("3-2-502", "12345.60")
        pumps = plan(PUMPS, "36480.25")
        office.does(pumps, "cosign")
        office.does(pumps, "spend", photo = true) {
            if (it.word == "sum") "36480.25" else "044001900104-20931157"
        }
        roof = plan(ROOF, "128000")
        earn("12600", "1890")
        earn("860.50", "")
        val split = mapOf("to_fund" to "9000", "to_committee" to "1000", "decision" to "九成归维修资金")
        office.does("common", "share") { split[it.word] ?: it.choices.first().value }
        office.does("committee", "expense", photo = true) {
            mapOf("text" to "业主大会会议材料印刷和邮寄", "sum" to "326.40")[it.word] ?: "25112000-00917734"
        }
        until("the owner sees the works") { owner.book("fund").rows().any { it.title == ROOF }.orNull() ?: sync() }
        phones.forEach { it.send(UiEvent.HideMoney) }
    }

    fun pages(): List<Triple<String, Phone, Route>> {
        val owed = office.book("ledger").rows().first { it.opens.orEmpty().startsWith("account/assets:fees:home") }
        val quarter = office.book(owed.opens!!).rows().first().opens!!
        val invoice = office.book(pumps).rows().last { it.opens != null }.opens!!
        return listOf(
            Triple("ledger", office, "ledger"), Triple("account", office, quarter), Triple("entry", office, invoice),
            Triple("fund", owner, "fund"), Triple("project", office, roof), Triple("common", owner, "common"),
            Triple("committee", owner, "committee"),
        ).map { (name, phone, book) -> Triple("book-$name", phone, Route.Book(book)) }
    }

    private fun sync() = phones.forEach { it.send(UiEvent.SyncNow) }.let {
        Thread.sleep(50)
        null
    }

    private fun Phone.book(name: String): BookPage = money(book = name).book!!

    private fun BookPage.rows() = parts.flatMap { it.rows }

    private fun payFund(unit: String, sum: String) {
        val home = office.money(unit).home!!
        val answers = listOf(Answer("sum", sum), Answer("reference", "工行 20261107-$unit"))
        office.send(UiEvent.MoneyAct(home.subject, "pay_fund", answers, null))
        until("the fund of $unit") { office.shown { frame }.takeIf { it.unsent == 0u } }
    }

    /** Planned by the company, which cannot wait for a vote. */
    private fun plan(purpose: String, sum: String): String {
        company.does("fund", "plan") { ask ->
            mapOf("text" to purpose, "sum" to sum)[ask.word] ?: ask.choices.last().value
        }
        val book = until("$purpose is planned") { company.book("fund").rows().find { it.title == purpose }?.opens }
        company.does(book, "urge") { it.choices.last().value }
        return book
    }

    private fun earn(sum: String, cost: String) = office.does("common", "earn") {
        mapOf("sum" to sum, "cost" to cost, "voucher" to "记-2026-$sum")[it.word] ?: it.choices.first().value
    }

    /** Does it where the page offers it, with a photo of the voucher, and waits until it is sent. */
    private fun Phone.does(book: String, word: String, photo: Boolean = false, answer: (AskedFor) -> String = { "" }) {
        val (subject, action) = until("$name may $word") {
            val page = book(book)
            val all = listOf(page.subject to page.actions) + page.rows().map { it.subject to it.actions }
            all.firstNotNullOfOrNull { (of, actions) -> actions.find { it.word == word }?.let { of to it } } ?: sync()
        }
        val draft = "act/$subject/$word"
        if (photo) {
            send(UiEvent.Attach(draft, false, photo(File.createTempFile("voucher", ".jpg")).path))
            until("a photo") { shown { drafts }.drafts.find { it.name == draft }?.attachments?.isNotEmpty()?.orNull() }
        }
        val asked = action.asks.filter { it.word != "photo" && it.word != "repair" }
        val answers = asked.map { Answer(it.word, answer(it)) }.filter { it.value.isNotEmpty() }
        send(UiEvent.MoneyAct(subject, word, answers, draft))
        until("$name did $word") { shown { frame }.takeIf { it.unsent == 0u } }
        shown { frame }.toast?.let { throw AssertionError("$name, $word: $it") }
    }
}
