package cn.linli.screens.today

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.rounded.Add
import androidx.compose.material.icons.rounded.Block
import androidx.compose.material.icons.rounded.Group
import androidx.compose.material.icons.rounded.Lightbulb
import androidx.compose.material.icons.rounded.Payments
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import cn.linli.app.Route
import cn.linli.core.Phase
import cn.linli.look.AllSent
import cn.linli.look.Card
import cn.linli.look.DoorPlate
import cn.linli.look.Empty
import cn.linli.look.GhostButton
import cn.linli.look.Hero
import cn.linli.look.Line
import cn.linli.look.MainButton
import cn.linli.look.Notice
import cn.linli.look.Phrase
import cn.linli.look.RepairRow
import cn.linli.look.Say
import cn.linli.look.Section
import cn.linli.look.Space
import cn.linli.look.SyncStrip
import cn.linli.look.TopBar
import cn.linli.look.Word
import cn.linli.look.grouped
import cn.linli.look.look
import cn.linli.look.say
import cn.linli.look.stacked
import cn.linli.screens.At
import cn.linli.screens.Page
import cn.linli.screens.repairs.DRAFT

/** What waits for this person, big and first. */
@Composable
fun TodayScreen(at: At) {
    val attention = at.linli.attention.now.collectAsState().value
    val people = at.linli.people.now.collectAsState().value
    val drafts = at.linli.drafts.now.collectAsState().value
    val first = attention.waiting.firstOrNull()
    val applications = people.applicants.count { !it.decided }
    val begun = drafts.drafts.any { it.name == DRAFT }
    val report = @Composable {
        val word = say(if (begun) Word.HOME_DRAFT else Word.HOME_REPORT)
        if (first == null) {
            MainButton(word, icon = Icons.Rounded.Add) { at.open(Route.Report) }
        } else {
            GhostButton(word, Icons.Rounded.Add) { at.open(Route.Report) }
        }
    }
    Page(at, bottom = report.takeIf { drafts.classes.isNotEmpty() }) {
        item {
            val day = @Composable { Say(at.frame.todayText, look.type.quiet, look.colors.textQuiet) }
            if (stacked) {
                Column(verticalArrangement = Arrangement.spacedBy(Space.xs)) {
                    day()
                    OwnPlate(at)
                }
            } else {
                Row(Modifier.fillMaxWidth(), Arrangement.SpaceBetween, Alignment.CenterVertically) {
                    day()
                    OwnPlate(at)
                }
            }
            TopBar(at.frame.waitsText)
        }
        if (at.frame.reading) item { Say(say(Word.HOME_READING), look.type.quiet, look.colors.textQuiet) }
        if (at.frame.phase == Phase.ENDED) item { Ended(at) }
        if (at.frame.syncWaits) item { SyncStrip(at.frame) { at.open(Route.Sync) } }
        if (first != null) item { Hero(first) { at.openRepair(first.line.id) } }
        if (applications > 0) {
            item {
                Card {
                    Line(say(Phrase.peopleApplicationsCount("$applications")), Icons.Rounded.Group, onClick = {
                        at.pages.switch(Route.People)
                    })
                }
            }
        }
        if (at.frame.phase == Phase.MEMBER) item { Fees(at) }
        val rest = attention.waiting.drop(1)
        if (rest.isNotEmpty()) {
            item { Section(say(Word.HOME_WAITS), "${attention.total}") }
            grouped(rest, { it.line.id }) { RepairRow(it.line, at::openRepair) }
        }
        if (attention.mine.isNotEmpty()) {
            item { Section(say(Word.HOME_MINE)) }
            grouped(attention.mine, { "mine-${it.id}" }) { RepairRow(it, at::openRepair) }
        } else if (first == null && applications == 0 && at.frame.undoUntilMs == null) {
            item { Empty(Icons.Rounded.Lightbulb, say(Word.REPAIRS_EMPTY)) }
        }
        if (!at.frame.syncWaits) item { AllSent(at.frame) { at.open(Route.Sync) } }
    }
}

/** The way to money, with what there is to do. */
@Composable
private fun Fees(at: At) = Card {
    Line(say(Word.MONEY_TITLE), Icons.Rounded.Payments, onClick = { at.open(Route.Money) }) {
        at.frame.moneyText?.let { Say(it, look.type.quiet, look.colors.textQuiet) }
    }
}

/** Which door is one's own, or for what one stands. */
@Composable
private fun OwnPlate(at: At) {
    val duty = at.frame.duties.firstOrNull() ?: return
    DoorPlate(if (duty.door) duty.scopeText else "${duty.roleText} ${duty.scopeText}", own = true)
}

/** This phone was shut out: what is on it stays, and a way in again. */
@Composable
private fun Ended(at: At) =
    Notice(Icons.Rounded.Block, at.frame.phaseText, look.colors.bad, look.colors.badContainer) {
        Say(say(Word.HOME_ENDED))
        GhostButton(say(Word.HOME_ENDED_JOIN)) { at.open(Route.Join) }
    }
