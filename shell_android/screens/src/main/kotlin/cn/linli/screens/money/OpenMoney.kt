package cn.linli.screens.money

import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import cn.linli.app.Route
import cn.linli.core.Action
import cn.linli.core.BookPage
import cn.linli.core.BookRow
import cn.linli.core.Drafts
import cn.linli.core.HomeMoney
import cn.linli.core.Money
import cn.linli.core.RoundDetail
import cn.linli.core.UiEvent
import cn.linli.look.GhostButton
import cn.linli.look.TopBar
import cn.linli.screens.At
import cn.linli.screens.Page
import cn.linli.screens.repairs.ActScreen

/** What the keypad is for, and what is counted note by note: each has a page of its own. */
const val COLLECT = "collect"
const val NOTES = "notes"

/** The core tells of money while a page of it is shown: from one to the next it goes on. */
@Composable
fun openMoney(
    at: At,
    unit: String? = null,
    round: String? = null,
    run: String? = null,
    receipt: String? = null,
    scanned: String? = null,
    book: String? = null,
    find: String? = null,
): Money {
    LaunchedEffect(unit, round, run, receipt, scanned, book, find) {
        at.send(UiEvent.ShowMoney(unit, round, run, receipt, scanned, book, find))
    }
    DisposableEffect(Unit) {
        onDispose { if (at.pages.pages.value.last() !is Route.OfMoney) at.send(UiEvent.HideMoney) }
    }
    return at.linli.money.now.collectAsState().value
}

fun Drafts.text(name: String) = drafts.find { it.name == name }?.text.orEmpty()

/** The page that a row of the books opens: that of its home, or another one of the books. */
fun BookRow.route(): Route? = home?.let { Route.HomeMoney(it) } ?: opens?.let { Route.Book(it) }

/** What can be done with something that is open. */
fun Money.action(subject: String, word: String): Action? {
    val open = home?.doable().orEmpty() + round?.doable().orEmpty() + book?.doable().orEmpty()
    val all = listOf(this.subject to actions) + runs.map { it.subject to it.actions } + open
    return all.filter { it.first == subject }.flatMap { it.second }.find { it.word == word }
}

private fun HomeMoney.doable() = listOf(subject to actions) + papers.map { it.subject to it.actions }

private fun RoundDetail.doable() =
    listOf(subject to actions) + doors.map { it.subject to it.actions } + counts.map { it.subject to it.actions }

private fun BookPage.doable() = listOf(subject to actions) + parts.flatMap { it.rows }.map { it.subject to it.actions }

/** Does it, or asks first what has to be known. */
fun At.take(
    action: Action,
    subject: String,
    unit: String? = null,
    round: String? = null,
    book: String? = null,
) = when {
    action.word == COLLECT && unit != null -> open(Route.Collect(unit, round))
    round != null && action.asks.any { it.word == NOTES } -> open(Route.Count(subject, action.word, round))
    action.asks.isEmpty() -> send(UiEvent.MoneyAct(subject, action.word, emptyList(), null))
    else -> open(Route.MoneyAct(subject, action.word, unit, round, book))
}

/** What is done less often: at the end of a page. */
fun LazyListScope.others(
    at: At,
    actions: List<Action>,
    subject: String,
    unit: String? = null,
    round: String? = null,
    book: String? = null,
) = actions.forEach { action -> item { GhostButton(action.text) { at.take(action, subject, unit, round, book) } } }

/** What an act about money asks for. */
@Composable
fun MoneyAct(at: At, of: Route.MoneyAct) {
    val money = openMoney(at, of.unit, of.round, book = of.book)
    val action = money.action(of.subject, of.action)
    if (action == null) {
        val opened = (of.unit == null || money.home != null) && (of.round == null || money.round != null) &&
            money.book?.name == of.book
        // It was done, or somebody else was faster.
        if (money.subject.isNotEmpty() && opened) LaunchedEffect(of) { at.back() }
        return Page(at) { item { TopBar("", at::back) } }
    }
    val name = "act/${of.subject}/${of.action}"
    ActScreen(at, name, action) { at.send(UiEvent.MoneyAct(of.subject, of.action, it, name)) }
}
