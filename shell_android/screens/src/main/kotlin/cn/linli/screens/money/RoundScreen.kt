package cn.linli.screens.money

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import cn.linli.app.Route
import cn.linli.core.Action
import cn.linli.core.CountCard
import cn.linli.core.DoorLine
import cn.linli.core.RoundDetail
import cn.linli.look.Card
import cn.linli.look.GhostButton
import cn.linli.look.Line
import cn.linli.look.MainButton
import cn.linli.look.Say
import cn.linli.look.Section
import cn.linli.look.Space
import cn.linli.look.StatusChip
import cn.linli.look.TopBar
import cn.linli.look.Word
import cn.linli.look.grouped
import cn.linli.look.icon
import cn.linli.look.look
import cn.linli.look.say
import cn.linli.screens.At
import cn.linli.screens.Page

/** From door to door, and what becomes of the cash. */
@Composable
fun RoundScreen(at: At, id: String) {
    val money = openMoney(at, round = id)
    val round = money.round?.takeIf { it.line.id == id } ?: return Page(at) {
        val line = money.rounds.find { it.id == id }
        item { TopBar(line?.placeText ?: say(Word.MONEY_ROUNDS), at::back) }
    }
    val last = round.doors.find { it.unit == round.at }
    val (main, others) = round.actions.partition { it.main && last == null }
    fun go(door: DoorLine) = at.open(Route.HomeMoney(door.unit, id))
    Page(at, bottom = if (last == null && main.isEmpty()) null else ({
        // Whoever was on the way goes on where they were.
        if (last != null) MainButton("${say(Word.MONEY_DOOR)} ${last.unit}") { go(last) }
        main.forEach { action -> MainButton(action.text) { at.take(action, round.subject, round = id) } }
    })) {
        item { TopBar(round.line.placeText, at::back) }
        item { Head(round) }
        others(at, others, round.subject, round = id)
        // What waits for somebody to take it over stands before the doors: it is what they came for.
        val (waiting, over) = round.counts.partition { it.takenText == null }
        val take = { action: Action, count: CountCard -> at.take(action, count.subject, round = id) }
        counts(waiting, take)
        doors(round.doors, ::go)
        counts(over, take)
    }
}

@Composable
private fun Head(round: RoundDetail) = Card {
    Column(Modifier.padding(Space.l), Arrangement.spacedBy(Space.xs)) {
        Say(round.line.daysText, look.type.bodyStrong)
        Say(round.line.whoText, look.type.quiet, look.colors.textQuiet)
        Say(round.line.paidText)
        StatusChip(round.line.chip)
        round.countDueText?.let { Say(it, look.type.quiet, look.colors.warn) }
        round.notes.forEach { Say(it) }
    }
}

private fun LazyListScope.counts(counts: List<CountCard>, onAct: (Action, CountCard) -> Unit) {
    if (counts.isEmpty()) return
    item { Section(say(Word.MONEY_COUNTS), "${counts.size}") }
    items(counts, key = { it.id }) { count -> Count(count) { onAct(it, count) } }
}

/** In the order of the doors, under the name of each stair. */
private fun LazyListScope.doors(doors: List<DoorLine>, onOpen: (DoorLine) -> Unit) {
    if (doors.isEmpty()) return
    item { Section(say(Word.MONEY_DOORS), "${doors.size}") }
    for ((stair, lines) in doors.groupBy { it.stairText }) {
        item { Say(stair, look.type.label, look.colors.textQuiet) }
        grouped(lines, { it.unit }) { door ->
            Line(door.unit, door.chip.sign.icon(), door.owedText, { onOpen(door) }) {
                StatusChip(door.chip)
                if (door.note.isNotEmpty()) Say(door.note, look.type.quiet, look.colors.textQuiet)
            }
        }
    }
}

@Composable
private fun Count(count: CountCard, onAct: (Action) -> Unit) = Card {
    Column(Modifier.padding(Space.l), Arrangement.spacedBy(Space.xs)) {
        StatusChip(count.chip)
        listOfNotNull(count.expectedText, count.countedText).forEach { Say(it, look.type.bodyStrong) }
        count.differenceText?.let { Say(it, look.type.body, look.colors.bad) }
        (count.recountTexts + listOfNotNull(count.takenText, count.bankedText)).forEach { Say(it) }
        Say(count.text, look.type.quiet, look.colors.textQuiet)
        count.actions.forEach { action -> GhostButton(action.text) { onAct(action) } }
    }
}
