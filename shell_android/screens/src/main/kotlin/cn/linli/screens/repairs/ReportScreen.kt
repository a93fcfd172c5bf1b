package cn.linli.screens.repairs

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.IntrinsicSize
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.height
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.rounded.Group
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.unit.Dp
import cn.linli.core.BehalfChoice
import cn.linli.core.ClassChoice
import cn.linli.core.Draft
import cn.linli.core.Drafts
import cn.linli.core.RepairLine
import cn.linli.core.Report
import cn.linli.core.UiEvent
import cn.linli.look.Card
import cn.linli.look.Field
import cn.linli.look.GhostButton
import cn.linli.look.KindTile
import cn.linli.look.Line
import cn.linli.look.MainButton
import cn.linli.look.Option
import cn.linli.look.Say
import cn.linli.look.Section
import cn.linli.look.ShortOptions
import cn.linli.look.Space
import cn.linli.look.StatusChip
import cn.linli.look.TopBar
import cn.linli.look.Word
import cn.linli.look.icon
import cn.linli.look.look
import cn.linli.look.say
import cn.linli.look.stacked
import cn.linli.screens.At
import cn.linli.screens.KeepTyped
import cn.linli.screens.Page
import kotlinx.coroutines.delay

/** The draft of a report, and beside it what was chosen. */
const val DRAFT = "report"
private const val DRAFT_CLASS = "report/class"
private const val DRAFT_PLACE = "report/place"
private const val DRAFT_BEHALF = "report/behalf"
private const val DRAFT_TARGET = "report/target"

/** How long one stops typing before a door is taken (ms). */
private const val DOOR_MS = 500L

private fun Drafts.text(name: String) = drafts.find { it.name == name }?.text.orEmpty()

/** What is broken, where, a photo, and up it goes; everything is kept as it is chosen. */
@Composable
fun ReportScreen(at: At) {
    val drafts = at.linli.drafts.now.collectAsState().value
    fun keep(name: String, text: String) = at.send(UiEvent.KeepDraft(name, text))
    val kind = drafts.classes.find { it.`class` == drafts.text(DRAFT_CLASS) }
    val behalf = drafts.behalf.find { it.person == drafts.text(DRAFT_BEHALF) }
    val place = behalf?.place ?: drafts.text(DRAFT_PLACE)
    val target = drafts.text(DRAFT_TARGET)
    var typed by remember { mutableStateOf(drafts.text(DRAFT)) }
    KeepTyped(at, DRAFT, drafts.text(DRAFT), typed)
    LaunchedEffect(place, kind?.`class`) {
        at.send(UiEvent.Alike(place.takeIf { it.isNotEmpty() && kind != null }, kind?.`class`.orEmpty()))
    }
    // Whoever leaves the page finds again what they typed, also if a rule says no.
    fun keepTyped() {
        if (typed != drafts.text(DRAFT)) keep(DRAFT, typed)
    }
    // The core takes the draft away with the report; a refusal leaves it, and everybody on the page.
    var sent by remember { mutableStateOf(false) }
    val kept = drafts.drafts.any { it.name == DRAFT || it.name.startsWith("$DRAFT/") }
    LaunchedEffect(sent, kept) {
        if (!sent || kept) return@LaunchedEffect
        at.send(UiEvent.Alike(null, ""))
        at.back()
    }
    LaunchedEffect(at.frame.toast) { if (at.frame.toast != null) sent = false }
    Page(at, bottom = {
        val ready = kind != null && place.isNotEmpty() && (!kind.complaint || target.isNotEmpty())
        MainButton(say(Word.REPORT_SEND), enabled = ready && !sent) {
            if (kind == null) return@MainButton
            val text = typed.ifBlank { kind.text }
            val about = target.takeIf { kind.complaint }
            keepTyped()
            at.send(UiEvent.Report(Report(place, kind.`class`, text, behalf?.person, emptyList(), about), DRAFT))
            sent = true
        }
    }) {
        item {
            TopBar(say(Word.REPORT_TITLE), {
                keepTyped()
                at.back()
            })
        }
        item { Section(say(Word.REPORT_WHAT)) }
        item { Kinds(drafts, kind?.`class`) { keep(DRAFT_CLASS, it) } }
        if (kind?.emergency == true) item { Say(say(Word.REPORT_DANGER), look.type.bodyStrong, look.colors.bad) }
        if (kind?.complaint == true) {
            item { ShortOptions(drafts.targets, target) { keep(DRAFT_TARGET, it) } }
        }
        if (drafts.behalf.isNotEmpty()) item { Behalf(drafts.behalf, behalf) { keep(DRAFT_BEHALF, it) } }
        if (behalf == null) {
            item { Section(say(Word.REPORT_WHERE)) }
            item { Where(drafts, place) { keep(DRAFT_PLACE, it) } }
        }
        item { Field(typed, say(Word.REPORT_WHAT_HINT), lines = 2) { typed = it } }
        item { Attachments(at, DRAFT, drafts.drafts.find { it.name == DRAFT } ?: Draft(DRAFT, "", emptyList())) }
        if (drafts.alike.isNotEmpty()) item { Alike(drafts.alike, at) }
    }
}

@Composable
private fun Kinds(drafts: Drafts, chosen: String?, onChoose: (String) -> Unit) = Column(
    verticalArrangement = Arrangement.spacedBy(look.targets.gap),
) {
    var all by remember { mutableStateOf(false) }
    val shown = drafts.classes.filter { all || it.usual || it.`class` == chosen }
    BoxWithConstraints { Tiles(shown, chosen, across(maxWidth), onChoose) }
    if (shown.size < drafts.classes.size) GhostButton(say(Word.SHOW_ALL)) { all = true }
}

/** How much of a line the longest word takes, in heights of its letters. */
private const val LONG_WORD = 4.5f

/** Beside each other only as long as no word is broken. */
@Composable
private fun across(width: Dp): Int {
    val word = look.type.label.run { size * minOf(LocalDensity.current.fontScale, cap) * LONG_WORD }
    return if (word > width / 2) 1 else if (stacked || look.elder) 2 else 4
}

@Composable
private fun Tiles(shown: List<ClassChoice>, chosen: String?, across: Int, onChoose: (String) -> Unit) =
    Column(verticalArrangement = Arrangement.spacedBy(look.targets.gap)) {
        shown.chunked(across).forEach { row ->
            Row(Modifier.height(IntrinsicSize.Min), Arrangement.spacedBy(look.targets.gap)) {
                row.forEach { kind ->
                    val size = Modifier.weight(1f).fillMaxHeight()
                    KindTile(kind.text, kind.sign, kind.`class` == chosen, kind.emergency, size) {
                        onChoose(kind.`class`)
                    }
                }
                repeat(across - row.size) { Column(Modifier.weight(1f)) {} }
            }
        }
    }

/** A place nearby, or any door by its number. */
@Composable
private fun Where(drafts: Drafts, place: String, onChoose: (String) -> Unit) {
    ShortOptions(drafts.places, place, onChoose)
    val typed = place.takeIf { chosen -> drafts.places.none { it.value == chosen } }.orEmpty()
    var door by remember { mutableStateOf(typed) }
    LaunchedEffect(door) {
        delay(DOOR_MS)
        if (door.isNotBlank() && door != place) onChoose(door.trim())
    }
    Field(door, say(Word.REPORT_DOOR)) { door = it }
}

@Composable
private fun Behalf(people: List<BehalfChoice>, chosen: BehalfChoice?, onChoose: (String) -> Unit) {
    var open by remember { mutableStateOf(false) }
    if (chosen == null && !open) {
        GhostButton(say(Word.REPORT_ON_BEHALF), Icons.Rounded.Group) { open = true }
        return
    }
    Column(verticalArrangement = Arrangement.spacedBy(look.targets.gap)) {
        Section(say(Word.REPORT_ON_BEHALF_WHO))
        people.forEach { person -> Option(person.text, person == chosen) { onChoose(person.person) } }
        GhostButton(say(Word.REPORT_FOR_MYSELF)) {
            open = false
            onChoose("")
        }
    }
}

/** A neighbour's report of the same thing: one tap joins it. */
@Composable
private fun Alike(lines: List<RepairLine>, at: At) = Card(ground = look.colors.accentContainer) {
    Column(verticalArrangement = Arrangement.spacedBy(Space.xs)) {
        lines.forEach { line ->
            Line(say(Word.REPORT_ALIKE), line.sign.icon(), onClick = { at.openRepair(line.id) }) {
                Say("${line.excerpt} · ${line.place}", look.type.quiet)
                StatusChip(line.chip)
            }
        }
    }
}
