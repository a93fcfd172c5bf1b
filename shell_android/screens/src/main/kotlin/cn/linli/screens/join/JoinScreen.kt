package cn.linli.screens.join

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.rounded.Group
import androidx.compose.material.icons.rounded.QrCodeScanner
import androidx.compose.material.icons.rounded.Shield
import androidx.compose.material3.Icon
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.unit.dp
import cn.linli.app.Route
import cn.linli.core.Frame
import cn.linli.core.Phase
import cn.linli.core.UiEvent
import cn.linli.look.Card
import cn.linli.look.Field
import cn.linli.look.Figures
import cn.linli.look.GhostButton
import cn.linli.look.MainButton
import cn.linli.look.Notice
import cn.linli.look.Say
import cn.linli.look.Space
import cn.linli.look.TopBar
import cn.linli.look.Word
import cn.linli.look.look
import cn.linli.look.mark
import cn.linli.look.say
import cn.linli.look.stacked
import cn.linli.screens.At
import cn.linli.screens.Page
import cn.linli.screens.me.Languages

private val MARK = 72.dp

/** From an invitation to a member; also of a further community. */
@Composable
fun JoinScreen(at: At) {
    val handed = at.tools.invitation.collectAsState().value
    var invite by rememberSaveable { mutableStateOf("") }
    var name by rememberSaveable { mutableStateOf("") }
    LaunchedEffect(handed) {
        handed?.let {
            invite = it
            at.tools.invitationTaken()
        }
    }
    val further = at.pages.pages.collectAsState().value.size > 1
    val asks = further || at.frame.phase == Phase.FRESH || at.frame.phase == Phase.REFUSED
    Page(at, bottom = if (!asks) null else ({
        MainButton(say(Word.JOIN_APPLY), enabled = invite.isNotBlank() && name.isNotBlank()) {
            at.send(UiEvent.Join(invite.trim(), name.trim()))
            if (further) at.back()
        }
    })) {
        if (!further) item { Icon(mark(look.colors.text, look.colors.lamp), null, Modifier.size(MARK), Color.Unspecified) }
        item { TopBar(say(Word.JOIN_TITLE), if (further) at::back else null) }
        if (asks) {
            if (at.frame.phase == Phase.REFUSED && !further) item { Say(at.frame.phaseText, look.type.bodyStrong) }
            item { Say(say(Word.JOIN_INVITE), look.type.bodyLarge) }
            item {
                GhostButton(say(Word.JOIN_SCAN), Icons.Rounded.QrCodeScanner) {
                    at.tools.scanQr { read -> read?.let { invite = it } }
                }
            }
            item { Field(invite, say(Word.JOIN_PASTE), lines = 2) { invite = it } }
            item { Field(name, say(Word.JOIN_NAME)) { name = it } }
            item { Say(say(Word.JOIN_NAME_HINT), look.type.quiet, look.colors.textQuiet) }
            item { Safety() }
            item { Languages(at) }
            if (!further) founders(at)
        } else {
            waiting(at.frame)
            if (at.frame.phase == Phase.FOUNDING) founders(at)
            if (at.frame.mayStopJoining) item { GhostButton(say(Word.JOIN_DIFFERENT)) { at.send(UiEvent.StopJoining) } }
        }
    }
}

/** Groups of digits, so that they can be read out. */
fun grouped(code: String) = code.chunked(Figures.codeGroup).joinToString(" ")

private fun LazyListScope.waiting(frame: Frame) {
    val code = frame.code
    if (frame.phase != Phase.COMPARING || code == null) {
        item { Say(frame.phaseText, look.type.bodyLarge) }
    } else {
        item {
            Card {
                Column(Modifier.padding(Space.xl), Arrangement.spacedBy(Space.m)) {
                    Say(say(Word.JOIN_COMPARE), look.type.bodyStrong)
                    Say(grouped(code), if (stacked) look.type.figureLarge else look.type.figureHero)
                    Say(say(Word.JOIN_COMPARE_WHY), look.type.quiet, look.colors.textQuiet)
                }
            }
        }
        item { Safety() }
    }
}

/** Who founds a community with others gets there from here, also after a kill. */
private fun LazyListScope.founders(at: At) =
    item { GhostButton(say(Word.JOIN_FOUNDERS), Icons.Rounded.Group) { at.open(Route.Founding) } }

@Composable
private fun Safety() =
    Notice(Icons.Rounded.Shield, say(Word.JOIN_SAFETY_TITLE), look.colors.warn, look.colors.warnContainer) {
        Say(say(Word.JOIN_SAFETY))
    }
