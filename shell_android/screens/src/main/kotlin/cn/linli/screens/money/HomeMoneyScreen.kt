package cn.linli.screens.money

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.items
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.automirrored.rounded.CallSplit
import androidx.compose.material.icons.automirrored.rounded.VolumeUp
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import cn.linli.app.Route
import cn.linli.core.Action
import cn.linli.core.DoorLine
import cn.linli.core.HomeMoney
import cn.linli.core.ReceiptCode
import cn.linli.core.UiEvent
import cn.linli.look.Card
import cn.linli.look.DoorPlate
import cn.linli.look.GhostButton
import cn.linli.look.MainButton
import cn.linli.look.Notice
import cn.linli.look.QuietButton
import cn.linli.look.Say
import cn.linli.look.Section
import cn.linli.look.Space
import cn.linli.look.StatusChip
import cn.linli.look.Sum
import cn.linli.look.TopBar
import cn.linli.look.Word
import cn.linli.look.look
import cn.linli.look.say
import cn.linli.look.stacked
import cn.linli.screens.At
import cn.linli.screens.Page

/** The money of a home; on a round, what is done at its door, and the way to the next. */
@Composable
fun HomeMoneyScreen(at: At, unit: String, round: String?) {
    var receipt by remember(unit) { mutableStateOf<String?>(null) }
    val money = openMoney(at, unit, round, receipt = receipt)
    // After a kill the round goes on at this door.
    LaunchedEffect(unit, round) { if (round != null) at.send(UiEvent.KeepDraft("round/$round", unit)) }
    val title = say(if (round == null) Word.MONEY_TITLE else Word.MONEY_DOOR)
    val home = money.home?.takeIf { it.unit == unit } ?: return Page(at) { item { TopBar(title, at::back) } }
    val doors = money.round?.takeIf { it.line.id == round }?.doors.orEmpty()
    val here = doors.indexOfFirst { it.unit == unit }
    val main = home.actions.find { it.main }.takeIf { home.fresh == null }
    Page(at, bottom = if (round == null && main == null) null else ({
        if (main != null) MainButton(main.text) { at.take(main, home.subject, unit, round) }
        if (round != null) AtTheDoor(at, home, doors.getOrNull(here), doors.getOrNull(here + 1), round)
    })) {
        item { TopBar(title, at::back) }
        home.fresh?.let { item { Fresh(it) } }
        item { Head(at, home, doors.getOrNull(here), money.homes.any { it.unit == unit }) }
        item { Section(say(Word.MONEY_BILLS), "${home.bills.size}") }
        if (home.bills.isEmpty()) item { Say(say(Word.MONEY_NO_BILLS), look.type.body, look.colors.textQuiet) }
        items(home.bills, key = { it.id }) { Bill(it) }
        item { Section(say(Word.MONEY_PAPERS), "${home.papers.size}") }
        if (home.papers.isEmpty()) item { Say(say(Word.MONEY_NO_PAPERS), look.type.body, look.colors.textQuiet) }
        items(home.papers, key = { it.id }) { paper ->
            val code = money.receipt?.takeIf { it.id == paper.id && receipt == paper.id }
            Paper(paper, code, { receipt = paper.id.takeIf { it != receipt } }) {
                at.take(it, paper.subject, unit, round)
            }
        }
        items(home.refused) { Say("${say(Word.DETAIL_REFUSED)}: $it", look.type.quiet, look.colors.bad) }
        others(at, home.actions.filter { it != main }, home.subject, unit, round)
    }
}

/** The receipt that was just written, first of all: the payer scans it before anybody goes. */
@Composable
private fun Fresh(code: ReceiptCode) = Card { Code(code, Modifier.padding(Space.l)) }

@Composable
private fun Head(at: At, home: HomeMoney, door: DoorLine?, own: Boolean) = Card {
    Column(Modifier.padding(Space.l), Arrangement.spacedBy(Space.s)) {
        val plate = @Composable { DoorPlate(home.unit, own || door != null) }
        if (stacked || door == null) {
            plate()
            door?.let { StatusChip(it.chip) }
        } else {
            Row(horizontalArrangement = Arrangement.spacedBy(Space.s), verticalAlignment = Alignment.CenterVertically) {
                plate()
                StatusChip(door.chip)
            }
        }
        if (home.owedFen > 0) {
            Sum(home.owedText, if (stacked) look.type.figureLarge else look.type.figureHero)
        } else {
            Say(home.owedSaid, look.type.title)
        }
        door?.note?.takeIf { it.isNotEmpty() }?.let { Say(it, look.type.body) }
        home.creditText?.let { Say(it, look.type.quiet, look.colors.textQuiet) }
        home.twiceText?.let {
            Notice(Icons.AutoMirrored.Rounded.CallSplit, it, look.colors.conflict, look.colors.conflictContainer) {}
        }
        QuietButton(say(Word.MONEY_READ_ALOUD), Icons.AutoMirrored.Rounded.VolumeUp) { at.tools.speak(home.owedSaid) }
    }
}

/** Nobody paid, or on to the next door: the one thing to do once the receipt was shown. */
@Composable
private fun AtTheDoor(at: At, home: HomeMoney, door: DoorLine?, next: DoorLine?, round: String) {
    val visits = door?.actions.orEmpty().takeIf { home.fresh == null }.orEmpty()
    val visit = @Composable { action: Action, modifier: Modifier ->
        GhostButton(action.text, modifier = modifier) { at.take(action, door?.subject.orEmpty(), home.unit, round) }
    }
    val word = next?.let { "${say(Word.MONEY_NEXT_DOOR)} ${it.unit}" }
    fun go() {
        if (next == null) return
        at.back()
        at.open(Route.HomeMoney(next.unit, round))
    }
    if (word != null && home.fresh != null) MainButton(word, onClick = ::go)
    val on = @Composable { modifier: Modifier ->
        if (word != null && home.fresh == null) GhostButton(word, modifier = modifier, onClick = ::go)
    }
    if (stacked || look.elder || visits.isEmpty()) {
        visits.forEach { visit(it, Modifier) }
        on(Modifier)
    } else {
        Row(horizontalArrangement = Arrangement.spacedBy(look.targets.gap)) {
            visits.forEach { visit(it, Modifier.weight(1f)) }
            on(Modifier.weight(1f))
        }
    }
}
