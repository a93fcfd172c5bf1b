package cn.linli.look

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.IntrinsicSize
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.automirrored.rounded.CallSplit
import androidx.compose.material.icons.automirrored.rounded.KeyboardArrowRight
import androidx.compose.material.icons.rounded.CloudOff
import androidx.compose.material.icons.rounded.DoneAll
import androidx.compose.material.icons.rounded.FrontHand
import androidx.compose.material.icons.rounded.Timer
import androidx.compose.material3.Icon
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import cn.linli.core.ClockBar
import cn.linli.core.Frame
import cn.linli.core.RepairVersion
import cn.linli.core.WaitingLine

/** The one dark card: what waits, and its lamp button. */
@Composable
fun Hero(waiting: WaitingLine, onOpen: () -> Unit) = Surface(
    Modifier.fillMaxWidth(), RoundedCornerShape(Radius.card), look.colors.hero,
) {
    Column(Modifier.padding(Space.xl), Arrangement.spacedBy(Space.m)) {
        Row(horizontalArrangement = Arrangement.spacedBy(Space.s), verticalAlignment = Alignment.CenterVertically) {
            Icon(waiting.line.sign.icon(), null, Modifier.size(look.icons.inline), look.colors.lamp)
            Say(waiting.urgencyText, look.type.label, look.colors.lamp)
        }
        Say(waiting.line.excerpt, look.type.title, look.colors.onHero)
        Say("${waiting.line.place} · ${waiting.wantsText}", look.type.quiet, look.colors.onHeroQuiet)
        MainButton(say(Word.HOME_LOOK), lamp = true, onClick = onOpen)
    }
}

/** Tells that something is not sent; on all is well it is a quiet word. */
@Composable
fun SyncStrip(frame: Frame, onOpen: () -> Unit) {
    Surface(
        Modifier.fillMaxWidth().clickable(role = Role.Button, onClick = onOpen)
            .semantics(mergeDescendants = true) { liveRegion = LiveRegionMode.Polite },
        RoundedCornerShape(Radius.button), look.colors.pendingContainer,
    ) {
        Row(
            Modifier.heightIn(min = look.targets.min).padding(Space.l, Space.s),
            Arrangement.spacedBy(Space.m), Alignment.CenterVertically,
        ) {
            Icon(Icons.Rounded.CloudOff, null, Modifier.size(look.icons.row), look.colors.pending)
            Column(Modifier.weight(1f)) {
                Say(say(Word.SAVED), look.type.label)
                Say(frame.syncText, look.type.quiet, look.colors.textQuiet)
            }
            Icon(Icons.AutoMirrored.Rounded.KeyboardArrowRight, null, Modifier.size(look.icons.row), look.colors.textQuiet)
        }
    }
}

@Composable
fun AllSent(frame: Frame, onOpen: () -> Unit) = Row(
    Modifier.fillMaxWidth().clickable(role = Role.Button, onClick = onOpen).heightIn(min = look.targets.min)
        .semantics(mergeDescendants = true) {},
    Arrangement.spacedBy(Space.s, Alignment.CenterHorizontally), Alignment.CenterVertically,
) {
    Icon(Icons.Rounded.DoneAll, null, Modifier.size(look.icons.inline), look.colors.good)
    Say(frame.syncText, look.type.quiet, look.colors.textQuiet)
}

/** Two versions side by side, neither chosen. */
@Composable
fun ConflictCard(versions: List<RepairVersion>, chosen: String?, onChoose: (String) -> Unit) =
    Card(ground = look.colors.conflictContainer) {
        Column(Modifier.padding(Space.l), Arrangement.spacedBy(Space.m)) {
            Row(horizontalArrangement = Arrangement.spacedBy(Space.s)) {
                Icon(Icons.AutoMirrored.Rounded.CallSplit, null, Modifier.size(look.icons.row), look.colors.conflict)
                Say(say(Word.DETAIL_CONFLICT_TITLE), look.type.bodyStrong, look.colors.conflict)
            }
            Say(say(Word.DETAIL_CONFLICT_SAFE), look.type.quiet, look.colors.textQuiet)
            Versions(versions, chosen, onChoose)
            Say(say(Word.DETAIL_CONFLICT_OTHER_STAYS), look.type.quiet, look.colors.textQuiet)
        }
    }

/** So wide that two stand beside each other: on less, who said it would be a letter a line. */
private val TWO_ACROSS = 280.dp

@Composable
private fun Versions(versions: List<RepairVersion>, chosen: String?, onChoose: (String) -> Unit) = BoxWithConstraints {
    if (versions.size == 2 && !stacked && !look.elder && maxWidth >= TWO_ACROSS) {
        Row(Modifier.height(IntrinsicSize.Min), Arrangement.spacedBy(look.targets.gap)) {
            versions.forEach { version ->
                val size = Modifier.weight(1f).fillMaxHeight()
                Choosable(chosen == version.id, { onChoose(version.id) }, size) { mark -> Version(version, mark) }
            }
        }
    } else {
        Column(verticalArrangement = Arrangement.spacedBy(Space.m)) {
            versions.forEach { version ->
                val quiet = listOfNotNull(version.said(), version.note?.takeIf { it.isNotEmpty() }).joinToString("\n")
                Option(version.statusText, chosen == version.id, quiet) { onChoose(version.id) }
            }
        }
    }
}

@Composable
private fun RepairVersion.said() = say(Phrase.detailConflictSaid(whoText, atText))

@Composable
private fun Version(version: RepairVersion, mark: @Composable () -> Unit) =
    Column(Modifier.padding(Space.m), Arrangement.spacedBy(Space.xs)) {
        Row(horizontalArrangement = Arrangement.spacedBy(Space.s)) {
            Say(version.said(), look.type.quiet, look.colors.textQuiet, Modifier.weight(1f))
            mark()
        }
        Say(version.statusText, look.type.bodyStrong)
        version.note?.takeIf { it.isNotEmpty() }?.let { Say(it, look.type.quiet, look.colors.textQuiet) }
    }

/** A notice: its picture and title in one line. */
@Composable
fun Notice(icon: ImageVector, title: String, ink: Color, ground: Color, below: @Composable () -> Unit) =
    Card(ground = ground) {
        Column(Modifier.padding(Space.l), Arrangement.spacedBy(Space.xs)) {
            Row(horizontalArrangement = Arrangement.spacedBy(Space.s)) {
                Icon(icon, null, Modifier.size(look.icons.row), ink)
                Say(title, look.type.bodyStrong)
            }
            below()
        }
    }

/** Words first, then how much of the time is over. */
@Composable
fun ClockBarCard(bar: ClockBar) = Card {
    val ink = if (bar.late) look.colors.bad else look.colors.accent
    Column(
        Modifier.padding(Space.l).semantics(mergeDescendants = true) {}, Arrangement.spacedBy(Space.s),
    ) {
        Row(horizontalArrangement = Arrangement.spacedBy(Space.s), verticalAlignment = Alignment.CenterVertically) {
            Icon(Icons.Rounded.Timer, null, Modifier.size(look.icons.inline), ink)
            Say(bar.text, look.type.bodyStrong, if (bar.late) look.colors.bad else look.colors.text)
        }
        Say(bar.dueText, look.type.quiet, look.colors.textQuiet)
        Box(Modifier.fillMaxWidth().height(8.dp).background(look.colors.surfaceSunken, CircleShape)) {
            Box(Modifier.fillMaxWidth(bar.permille.toInt() / 1000f).height(8.dp).background(ink, CircleShape))
        }
        val marks = @Composable {
            bar.marks.forEach { mark ->
                val done = if (mark.done) "✓ " else ""
                Say(done + mark.text, look.type.caption, look.colors.textQuiet)
            }
        }
        if (stacked) Column { marks() } else Row(Modifier.fillMaxWidth(), Arrangement.SpaceBetween) { marks() }
    }
}

/** Nothing here: why, and a way in. */
@Composable
fun Empty(icon: ImageVector, text: String, action: String? = null, onAction: () -> Unit = {}) = Column(
    Modifier.fillMaxWidth().padding(vertical = Space.huge),
    Arrangement.spacedBy(Space.l), Alignment.CenterHorizontally,
) {
    Icon(icon, null, Modifier.size(look.icons.big), look.colors.textQuiet)
    Say(text, look.type.body, look.colors.textQuiet, align = TextAlign.Center)
    if (action != null) GhostButton(action, onClick = onAction)
}

/** A rule said no: why, and what works. */
@Composable
fun RefusalCard(text: String, onRead: () -> Unit) = Card(
    Modifier.semantics { liveRegion = LiveRegionMode.Assertive }, look.colors.warnContainer,
) {
    Column(Modifier.padding(Space.l), Arrangement.spacedBy(Space.s)) {
        Row(horizontalArrangement = Arrangement.spacedBy(Space.m)) {
            Icon(Icons.Rounded.FrontHand, null, Modifier.size(look.icons.row), look.colors.warn)
            Say(text, look.type.body, modifier = Modifier.weight(1f))
        }
        GhostButton(say(Word.OK), onClick = onRead)
    }
}

/** What was just done can be undone for a while. */
@Composable
fun UndoBar(onUndo: () -> Unit) = Surface(
    Modifier.fillMaxWidth().semantics { liveRegion = LiveRegionMode.Polite },
    RoundedCornerShape(Radius.button), look.colors.surfaceRaised, shadowElevation = 6.dp,
) {
    Row(
        Modifier.padding(start = Space.l, end = Space.s), Arrangement.spacedBy(Space.s), Alignment.CenterVertically,
    ) {
        Say(say(Word.SAVED), look.type.body, modifier = Modifier.weight(1f).padding(vertical = Space.m))
        Box(
            Modifier.clickable(role = Role.Button, onClick = onUndo).heightIn(min = look.targets.min).padding(Space.m),
            Alignment.Center,
        ) { Say(say(Word.UNDO), look.type.button, look.colors.accent) }
    }
}
