package cn.linli.screens.money

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.automirrored.rounded.KeyboardArrowRight
import androidx.compose.material3.Icon
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.semantics
import cn.linli.core.Attachment
import cn.linli.core.BookPage
import cn.linli.core.BookPart
import cn.linli.core.BookRow
import cn.linli.look.Card
import cn.linli.look.GhostButton
import cn.linli.look.LargeSum
import cn.linli.look.Say
import cn.linli.look.Section
import cn.linli.look.Space
import cn.linli.look.StatusChip
import cn.linli.look.TitleAndSum
import cn.linli.look.TopBar
import cn.linli.look.Word
import cn.linli.look.grouped
import cn.linli.look.look
import cn.linli.look.say
import cn.linli.look.stacked
import cn.linli.screens.At
import cn.linli.screens.Page
import cn.linli.screens.repairs.AttachmentLine

/** A page of the books: ledger, account, entry, fund, project, common income, committee are drawn alike. */
@Composable
fun BookScreen(at: At, name: String) {
    val money = openMoney(at, book = name)
    val book = money.book?.takeIf { it.name == name } ?: return Page(at) {
        // What it is called in the list stands above it until it is read.
        item { TopBar(money.books.find { it.opens == name }?.title ?: say(Word.MONEY_BOOKS), at::back) }
    }
    Page(at) {
        item { TopBar(book.title, at::back) }
        if (book.hasHead()) item { Head(book) }
        pictures(at, book.pictures)
        book.parts.forEachIndexed { number, part -> part(at, name, number, part) }
        others(at, book.actions, book.subject, book = name)
    }
}

private fun BookPage.hasHead() = figureText.isNotEmpty() || chip != null || lines.isNotEmpty()

/** What matters most, and what is to be said of the whole. */
@Composable
private fun Head(book: BookPage) = Card {
    Column(
        Modifier.fillMaxWidth().padding(Space.l).semantics(mergeDescendants = true) {}, Arrangement.spacedBy(Space.xs),
    ) {
        if (book.figureLabel.isNotEmpty()) Say(book.figureLabel, look.type.quiet, look.colors.textQuiet)
        if (book.figureText.isNotEmpty()) LargeSum(book.figureText)
        book.chip?.let { StatusChip(it) }
        book.lines.forEach { Say(it, look.type.quiet) }
    }
}

private fun LazyListScope.pictures(at: At, pictures: List<Attachment>) {
    if (pictures.isEmpty()) return
    item { Section(say(Word.DETAIL_PHOTOS)) }
    item {
        Card { pictures.forEachIndexed { number, it -> AttachmentLine(at, it, number + 1, pictures.size) } }
    }
}

private fun LazyListScope.part(at: At, book: String, number: Int, part: BookPart) {
    item { Section(part.title) }
    grouped(part.rows, { "$number/${it.id}" }) { row ->
        BookLine(row, row.route()?.let { { at.open(it) } })
        if (row.actions.isNotEmpty()) {
            Column(
                Modifier.padding(start = side, end = side, bottom = Space.m), Arrangement.spacedBy(look.targets.gap),
            ) {
                row.actions.forEach { GhostButton(it.text) { at.take(it, row.subject, book = book) } }
            }
        }
    }
}

private val side
    @Composable get() = if (stacked) Space.m else Space.l

/** What it is and how much, and below what more is to be said. */
@Composable
private fun BookLine(row: BookRow, onOpen: (() -> Unit)?) {
    val press = if (onOpen == null) Modifier else Modifier.clickable(role = Role.Button, onClick = onOpen)
    Row(
        press.fillMaxWidth().semantics(mergeDescendants = true) {}.heightIn(min = look.targets.row)
            .padding(side, Space.m),
        Arrangement.spacedBy(if (stacked) Space.xs else Space.m), Alignment.CenterVertically,
    ) {
        Column(Modifier.weight(1f), Arrangement.spacedBy(Space.xs)) {
            TitleAndSum(row.title, row.sumText)
            if (row.text.isNotEmpty()) Say(row.text, look.type.quiet, look.colors.textQuiet)
            row.chip?.let { StatusChip(it) }
        }
        if (onOpen != null) {
            val size = if (stacked) look.icons.inline else look.icons.row
            Icon(Icons.AutoMirrored.Rounded.KeyboardArrowRight, null, Modifier.size(size), look.colors.textQuiet)
        }
    }
}
