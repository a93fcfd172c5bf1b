package cn.linli.screens.me

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.items
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.rounded.Apartment
import androidx.compose.material.icons.rounded.DoneAll
import androidx.compose.material.icons.rounded.FrontHand
import androidx.compose.material.icons.rounded.Outbox
import androidx.compose.material.icons.rounded.Person
import androidx.compose.material.icons.rounded.PhoneAndroid
import androidx.compose.material.icons.rounded.Shield
import androidx.compose.material.icons.rounded.Verified
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.ui.Modifier
import cn.linli.app.Route
import cn.linli.core.Choice
import cn.linli.core.UiEvent
import cn.linli.look.Card
import cn.linli.look.GhostButton
import cn.linli.look.Line
import cn.linli.look.MainButton
import cn.linli.look.Notice
import cn.linli.look.Option
import cn.linli.look.Options
import cn.linli.look.Phrase
import cn.linli.look.Say
import cn.linli.look.Section
import cn.linli.look.Space
import cn.linli.look.TopBar
import cn.linli.look.Word
import cn.linli.look.icon
import cn.linli.look.look
import cn.linli.look.say
import cn.linli.screens.At
import cn.linli.screens.Page

/** What this person is here, the ways to the quieter pages, and how the app speaks. */
@Composable
fun MeScreen(at: At) = Page(at) {
    item { TopBar(say(Word.TAB_ME)) }
    item {
        Card {
            at.frame.duties.forEach { Line("${it.roleText} ${it.scopeText}", Icons.Rounded.Person) }
            Line(at.frame.community, Icons.Rounded.Apartment, onClick = { at.open(Route.Communities) })
            Line(say(Word.SYNC_TITLE), Icons.Rounded.Outbox, onClick = { at.open(Route.Sync) })
            Line(say(Word.DATA_TITLE), Icons.Rounded.Shield, onClick = { at.open(Route.Data) })
        }
    }
    item { Section(say(Word.SETTINGS_TITLE)) }
    item { Languages(at) }
}

/** The language, and the mode for elders. */
@Composable
fun Languages(at: At) = Column(verticalArrangement = Arrangement.spacedBy(look.targets.gap)) {
    Say(say(Word.SETTINGS_LANGUAGE), look.type.quiet, look.colors.textQuiet)
    val languages = listOf(Choice("zh", say(Word.SETTINGS_CHINESE)), Choice("en", say(Word.SETTINGS_ENGLISH)))
    Options(languages, setOf(at.frame.language)) { at.send(UiEvent.Speak(it)) }
    Option(say(Word.SETTINGS_ELDER), at.frame.elder, say(Word.SETTINGS_ELDER_ABOUT)) {
        at.send(UiEvent.Elder(!at.frame.elder))
    }
}

/** Where everything that was done here is now. */
@Composable
fun SyncScreen(at: At) {
    val sending = at.linli.sending.now.collectAsState().value
    DisposableEffect(Unit) {
        at.send(UiEvent.Sending(true))
        onDispose { at.send(UiEvent.Sending(false)) }
    }
    Page(at, bottom = {
        MainButton(say(Word.SYNC_NOW)) { at.send(UiEvent.SyncNow) }
        if (!at.frame.safeToHandBack) GhostButton(say(Word.SYNC_SHARE)) { at.send(UiEvent.ShareOutbox) }
        GhostButton(say(Word.SYNC_TAKE)) { at.tools.pickFile { file -> file?.let { at.send(UiEvent.Carry(it.path)) } } }
    }) {
        item { TopBar(say(Word.SYNC_TITLE), at::back) }
        item { Safe(at) }
        if (!at.frame.safeToHandBack) item { Say(say(Word.SYNC_SHARE_ABOUT), look.type.quiet, look.colors.textQuiet) }
        item {
            Card {
                Line(say(Word.SYNC_SAVED_HERE), Icons.Rounded.PhoneAndroid, "${sending.savedHere}")
                Line(say(Word.SYNC_HANDED_OVER), Icons.Rounded.Outbox, "${sending.handedOver}")
                Line(say(Word.SYNC_SEEN), Icons.Rounded.DoneAll, "${sending.seen}")
                Line(say(Word.SYNC_ACCEPTED), Icons.Rounded.Verified, "${sending.accepted}")
            }
        }
        if (at.frame.contactText.isNotEmpty()) {
            item { Say(say(Phrase.syncLast(at.frame.contactText)), look.type.quiet, look.colors.textQuiet) }
        }
        if (sending.here.isNotEmpty()) {
            item { Section(say(Word.SYNC_HERE), "${sending.savedHere}") }
            item { Card { sending.here.forEach { Line(it.text, it.sign.icon(), it.agoText) } } }
        }
        if (at.frame.alarms.isNotEmpty()) {
            item { Section(say(Word.SYNC_TROUBLE)) }
            item { Card { at.frame.alarms.forEach { Line(it.sentence, Icons.Rounded.FrontHand) } } }
        }
    }
}

@Composable
private fun Safe(at: At) {
    val colors = look.colors
    val below = @Composable { Say(at.frame.syncText, look.type.quiet) }
    if (at.frame.safeToHandBack) {
        Notice(Icons.Rounded.Verified, say(Word.SYNC_SAFE), colors.good, colors.goodContainer, below)
    } else {
        Notice(Icons.Rounded.FrontHand, say(Word.SYNC_NOT_SAFE), colors.warn, colors.warnContainer, below)
    }
}

/** What is known of this person, and to whom: on one page. */
@Composable
fun DataScreen(at: At) = Page(at) {
    item { TopBar(say(Word.DATA_TITLE), at::back) }
    val parts = listOf(
        Triple(Word.DATA_HERE, Word.DATA_HERE_ABOUT, null),
        Triple(Word.DATA_NEIGHBOURS, Word.DATA_NEIGHBOURS_ABOUT, null),
        Triple(Word.DATA_RELAY, Word.DATA_RELAY_ABOUT, Word.DATA_RELAY_NEVER),
    )
    parts.forEach { (title, about, never) ->
        item {
            Card {
                Column(Modifier.padding(Space.l), Arrangement.spacedBy(Space.xs)) {
                    Say(say(title), look.type.bodyStrong)
                    Say(say(about), look.type.body)
                    if (never != null) Say(say(never), look.type.body)
                }
            }
        }
    }
    item { Say(say(Word.DATA_NOBODY_ELSE), look.type.quiet, look.colors.textQuiet) }
}

/** The communities of this phone, and a further one. */
@Composable
fun CommunitiesScreen(at: At) = Page(at) {
    item { TopBar(say(Word.COMMUNITIES_TITLE), at::back) }
    items(at.frame.communities, key = { it.index.toInt() }) { here ->
        Card {
            val go = {
                at.send(UiEvent.Switch(here.index))
                at.pages.switch(Route.Today)
            }
            Line(here.name, Icons.Rounded.Apartment, onClick = go.takeIf { !here.shown }) {
                val about = listOf(here.roleText, if (here.shown) say(Word.COMMUNITIES_HERE) else here.phaseText)
                Say(about.filter { it.isNotEmpty() }.joinToString(" · "), look.type.quiet, look.colors.textQuiet)
            }
        }
    }
    if (at.frame.mayStopJoining) {
        item { GhostButton(say(Word.JOIN_STOP)) { at.send(UiEvent.StopJoining) } }
    }
    item { GhostButton(say(Word.COMMUNITIES_ADD)) { at.open(Route.Join) } }
}
