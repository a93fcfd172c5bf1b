package cn.linli.screens.money

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.automirrored.rounded.MenuBook
import androidx.compose.material.icons.rounded.Home
import androidx.compose.material.icons.rounded.Payments
import androidx.compose.material.icons.rounded.QrCodeScanner
import androidx.compose.material.icons.rounded.ReceiptLong
import androidx.compose.material.icons.rounded.Report
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import cn.linli.app.Route
import cn.linli.core.BookRow
import cn.linli.core.HomeMoney
import cn.linli.core.Money
import cn.linli.core.RoundLine
import cn.linli.core.RunLine
import cn.linli.look.Card
import cn.linli.look.Empty
import cn.linli.look.Field
import cn.linli.look.GhostButton
import cn.linli.look.Line
import cn.linli.look.MainButton
import cn.linli.look.Say
import cn.linli.look.Section
import cn.linli.look.Space
import cn.linli.look.StatusChip
import cn.linli.look.Sum
import cn.linli.look.TopBar
import cn.linli.look.Word
import cn.linli.look.grouped
import cn.linli.look.icon
import cn.linli.look.look
import cn.linli.look.say
import cn.linli.screens.At
import cn.linli.screens.Page
import cn.linli.screens.SEARCH_MS
import kotlinx.coroutines.delay

/** What one owes, what one collects, and what was billed. */
@Composable
fun MoneyScreen(at: At) {
    var run by rememberSaveable { mutableStateOf<String?>(null) }
    var typed by rememberSaveable { mutableStateOf("") }
    var find by rememberSaveable { mutableStateOf("") }
    LaunchedEffect(typed) {
        delay(SEARCH_MS)
        find = typed
    }
    val money = openMoney(at, run = run, find = find.ifEmpty { null })
    val (own, others) = money.rounds.partition { it.own }
    val scan = { at.open(Route.ScanReceipt) }
    Page(at, bottom = {
        if (own.isEmpty()) {
            MainButton(say(Word.MONEY_SCAN), icon = Icons.Rounded.QrCodeScanner, onClick = scan)
        } else {
            GhostButton(say(Word.MONEY_SCAN), Icons.Rounded.QrCodeScanner, onClick = scan)
        }
    }) {
        item { TopBar(say(Word.MONEY_TITLE), at::back) }
        grouped(money.tasks, { it.id }) { task -> Task(task) { task.route()?.let(at::open) } }
        // Until it was read once, nothing is known to be empty.
        if (money.version > 0uL && money.isEmpty()) {
            item { Empty(Icons.Rounded.Payments, say(Word.MONEY_NOTHING)) }
        }
        items(money.homes, key = { it.unit }) { home -> HomeCard(home) { at.open(Route.HomeMoney(home.unit)) } }
        if (money.finds) found(money, typed, { typed = it }) { at.open(Route.HomeMoney(it)) }
        if (money.rounds.isNotEmpty()) item { Section(say(Word.MONEY_ROUNDS), "${money.rounds.size}") }
        grouped(own + others, { it.id }) { round -> RoundRow(round) { at.open(Route.Round(round.id)) } }
        others(at, money.actions, money.subject)
        runs(at, money.runs, run) { run = it }
        books(money.books, at::open)
    }
}

private fun Money.isEmpty() =
    homes.isEmpty() && rounds.isEmpty() && runs.isEmpty() && books.isEmpty() && actions.isEmpty() && !finds

/** What waits for who keeps the books. */
@Composable
private fun Task(task: BookRow, onOpen: () -> Unit) = Line(task.title, Icons.Rounded.Report, onClick = onOpen) {
    Say(task.text, look.type.quiet, look.colors.textQuiet)
}

/** Any home is found by what is on its door, and how much it owes stands beside it. */
private fun LazyListScope.found(money: Money, typed: String, onType: (String) -> Unit, onOpen: (String) -> Unit) {
    item { Field(typed, say(Word.MONEY_FIND), onChange = onType) }
    grouped(money.found, { "found/${it.value}" }) { home ->
        Line(home.value, Icons.Rounded.Home, home.text, { onOpen(home.value) }) {}
    }
    money.foundText?.let { item { Say(it, look.type.quiet, look.colors.textQuiet) } }
}

@Composable
private fun HomeCard(home: HomeMoney, onOpen: () -> Unit) = Card {
    Column(
        Modifier.fillMaxWidth().clickable(role = Role.Button, onClick = onOpen).padding(Space.l),
        Arrangement.spacedBy(Space.s),
    ) {
        Say("${say(Word.MONEY_OWN)} ${home.unit}", look.type.bodyStrong)
        if (home.owedFen > 0) Sum(home.owedText, look.type.figureLarge) else Say(home.owedSaid, look.type.body)
        home.creditText?.let { Say(it, look.type.quiet, look.colors.textQuiet) }
        home.twiceText?.let { Say(it, look.type.body, look.colors.conflict) }
    }
}

@Composable
private fun RoundRow(round: RoundLine, onOpen: () -> Unit) =
    Line(round.placeText, round.chip.sign.icon(), onClick = onOpen) {
        Say(round.whoText, look.type.quiet, look.colors.textQuiet)
        Say(round.daysText, look.type.quiet, look.colors.textQuiet)
        Say(round.paidText, look.type.quiet)
        StatusChip(round.chip)
    }

private fun LazyListScope.books(books: List<BookRow>, onOpen: (Route) -> Unit) {
    if (books.isEmpty()) return
    item { Section(say(Word.MONEY_BOOKS)) }
    grouped(books, { it.id }) { book ->
        Line(book.title, Icons.AutoMirrored.Rounded.MenuBook, onClick = book.route()?.let { { onOpen(it) } }) {
            Say(book.text, look.type.quiet, look.colors.textQuiet)
        }
    }
}

/** Each run is recomputed where it stands, once somebody looks; there it can be taken back. */
private fun LazyListScope.runs(at: At, runs: List<RunLine>, open: String?, onOpen: (String?) -> Unit) {
    if (runs.isEmpty()) return
    item { Section(say(Word.MONEY_RUNS), "${runs.size}") }
    grouped(runs, { it.id }) { run ->
        Line(run.title, Icons.Rounded.ReceiptLong, onClick = { onOpen(run.id.takeIf { it != open }) }) {
            Sum(run.totalText)
            Say(run.text, look.type.quiet, look.colors.textQuiet)
            run.withdrawalChip?.let { StatusChip(it) }
            run.notes.forEach { Say(it, look.type.quiet) }
            run.chip?.let { StatusChip(it) }
        }
        Column(Modifier.padding(horizontal = Space.l)) {
            run.stairs.forEach { stair -> NameAndSum(stair.text, stair.value) }
            val actions = run.actions.takeIf { run.id == open }.orEmpty()
            actions.forEach { GhostButton(it.text) { at.take(it, run.subject) } }
        }
    }
}
