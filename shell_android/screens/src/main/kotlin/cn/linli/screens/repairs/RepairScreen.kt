package cn.linli.screens.repairs

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.automirrored.rounded.VolumeUp
import androidx.compose.material3.Icon
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.semantics
import cn.linli.app.Route
import cn.linli.core.Action
import cn.linli.core.Answer
import cn.linli.core.RepairDetail
import cn.linli.core.RepairLine
import cn.linli.core.Step
import cn.linli.core.UiEvent
import cn.linli.look.Card
import cn.linli.look.ClockBarCard
import cn.linli.look.ConflictCard
import cn.linli.look.DoorPlate
import cn.linli.look.GhostButton
import cn.linli.look.MainButton
import cn.linli.look.Phrase
import cn.linli.look.PlainIcon
import cn.linli.look.RepairRow
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
import cn.linli.look.stacked
import cn.linli.screens.At
import cn.linli.screens.Page

/** How many steps are seen at once, the newest ones. */
private const val STEPS_SHOWN = 3

/** The one action that the conflict card takes by itself. */
private const val SETTLE = "settle"

@Composable
fun RepairScreen(at: At, id: String) {
    val shown = at.linli.detail.now.collectAsState().value
    LaunchedEffect(id) { at.send(UiEvent.Detail(id)) }
    val detail = shown?.takeIf { it.line.id == id } ?: return Page(at) { item { TopBar("", at::back) } }
    var all by remember { mutableStateOf(false) }
    var keep by remember(detail.conflict.map { it.id }) { mutableStateOf<String?>(null) }
    // In a conflict the one thing to do is to settle it.
    val settle = detail.actions.find { it.word == SETTLE }?.takeIf { detail.conflict.isNotEmpty() }
    val main = settle ?: detail.actions.find { it.main }
    Page(at, bottom = main?.let {
        { if (settle != null) Settle(at, detail, settle, keep) else MainButton(it.text) { take(at, id, it) } }
    }) {
        item {
            TopBar(detail.line.`class`, at::back) {
                PlainIcon(Icons.AutoMirrored.Rounded.VolumeUp, say(Word.READ_ALOUD)) { at.tools.speak(detail.text) }
            }
        }
        item { Head(detail) }
        detail.clockBar?.let { item { ClockBarCard(it) } }
        if (detail.conflict.isNotEmpty()) item { ConflictCard(detail.conflict, keep) { keep = it } }
        if (detail.attachments.isNotEmpty()) {
            item { Section(say(Word.DETAIL_PHOTOS)) }
            item {
                Card {
                    detail.attachments.forEachIndexed { number, attachment ->
                        AttachmentLine(at, attachment, number + 1, detail.attachments.size)
                    }
                }
            }
        }
        item { Section(say(Word.DETAIL_HISTORY), if (all) "" else "${detail.steps.size}") }
        val newest = detail.steps.asReversed()
        grouped(if (all) newest else newest.take(STEPS_SHOWN), { it.id }) { StepRow(at, it) }
        if (detail.steps.size > STEPS_SHOWN) {
            item { GhostButton(say(if (all) Word.DETAIL_FEWER_STEPS else Word.DETAIL_ALL_STEPS)) { all = !all } }
        }
        beside(at, Word.DETAIL_ALIKE, detail.alike)
        beside(at, Word.DETAIL_MERGED, detail.merged)
        items(detail.refused) { why ->
            Say("${say(Word.DETAIL_REFUSED)}: $why", look.type.quiet, look.colors.bad)
        }
        item { Others(at, detail) }
    }
}

private fun LazyListScope.beside(at: At, word: Word, lines: List<RepairLine>) {
    if (lines.isEmpty()) return
    item { Section(say(word), "${lines.size}") }
    grouped(lines, { "$word-${it.id}" }) { RepairRow(it, at::openRepair) }
}

@Composable
private fun Head(detail: RepairDetail) = Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
    Say(detail.text, look.type.bodyLarge)
    val place = @Composable {
        if (detail.line.door) DoorPlate(detail.line.place, own = false) else Say(detail.line.place, look.type.label)
    }
    if (stacked) {
        place()
        StatusChip(detail.line.chip)
    } else {
        Row(horizontalArrangement = Arrangement.spacedBy(Space.s), verticalAlignment = Alignment.CenterVertically) {
            place()
            StatusChip(detail.line.chip)
        }
    }
    Say(detail.reportedText, look.type.quiet, look.colors.textQuiet)
    detail.behalfText?.let { Say(say(Phrase.detailOnBehalf(it)), look.type.quiet) }
    detail.visitText?.let { Say(say(Phrase.detailVisit(it)), look.type.quiet) }
    if (detail.visitText == null && detail.slotTexts.isNotEmpty()) {
        Say("${say(Word.DETAIL_SLOTS)}: ${detail.slotTexts.joinToString()}", look.type.quiet)
    }
    if (detail.line.meToo > 0u) Say(say(Phrase.repairsMeToo("${detail.line.meToo}")), look.type.quiet)
}

@Composable
private fun StepRow(at: At, step: Step) {
    Row(
        Modifier.fillMaxWidth().padding(Space.l, Space.m).semantics(mergeDescendants = true) {},
        Arrangement.spacedBy(Space.m),
    ) {
        if (!stacked) Icon(step.sign.icon(), null, Modifier.size(look.icons.row), look.colors.textQuiet)
        Column(Modifier.weight(1f), Arrangement.spacedBy(Space.hair)) {
            Say(step.statusText, look.type.bodyStrong)
            val more = listOfNotNull(
                step.note,
                step.assigneeText?.let { say(Phrase.detailHandedTo(it)) },
                step.howText, step.place, step.untilText,
                step.estimateText?.let { say(Phrase.detailCost(it)) },
                step.stars?.let { say(Phrase.detailStars("$it")) },
                step.claimedText?.let { say(Phrase.detailClockClaimed(it)) },
            )
            more.forEach { Say(it, look.type.body) }
            Say("${step.whoText} · ${step.atText}", look.type.quiet, look.colors.textQuiet)
            step.deliveryChip?.let { StatusChip(it) }
        }
    }
    step.attachments.forEachIndexed { number, attachment ->
        AttachmentLine(at, attachment, number + 1, step.attachments.size)
    }
}

private fun take(at: At, id: String, action: Action) {
    if (action.asks.isEmpty()) {
        at.send(UiEvent.Repair(id, action.word, emptyList(), null))
    } else {
        at.open(Route.Act(id, action.word))
    }
}

/** Waits for a choice, and names it. */
@Composable
private fun Settle(at: At, detail: RepairDetail, settle: Action, keep: String?) {
    val kept = detail.conflict.find { it.id == keep }
    val text = kept?.let { say(Phrase.detailConflictGo(it.statusText)) } ?: say(Word.DETAIL_CONFLICT_CHOOSE)
    MainButton(text, enabled = kept != null) {
        if (kept == null) return@MainButton
        at.send(UiEvent.Repair(detail.line.id, settle.word, settle.asks.map { Answer(it.word, kept.id) }, null))
    }
}

@Composable
private fun Others(at: At, detail: RepairDetail) {
    val others = detail.actions.filter { !it.main && (it.word != SETTLE || detail.conflict.isEmpty()) }
    Column(Modifier.padding(top = Space.s), Arrangement.spacedBy(look.targets.gap)) {
        others.forEach { action -> GhostButton(action.text) { take(at, detail.line.id, action) } }
    }
}
