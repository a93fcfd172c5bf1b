package cn.linli.screens.join

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import cn.linli.app.Route
import cn.linli.core.FoundingDraft
import cn.linli.core.Phase
import cn.linli.core.UiEvent
import cn.linli.look.Card
import cn.linli.look.Field
import cn.linli.look.GhostButton
import cn.linli.look.MainButton
import cn.linli.look.Say
import cn.linli.look.Space
import cn.linli.look.TopBar
import cn.linli.look.Word
import cn.linli.look.look
import cn.linli.look.say
import cn.linli.screens.At
import cn.linli.screens.Page

/** One of several founders: hands over keys, reads the draft, signs it, and goes in. */
@Composable
fun FoundingScreen(at: At) {
    val founding = at.linli.founding.now.collectAsState().value
    var sent by rememberSaveable { mutableStateOf("") }
    LaunchedEffect(at.frame.phase) { if (at.frame.phase == Phase.MEMBER) at.pages.switch(Route.Today) }
    val draft = founding.draft
    val signed = founding.signature != null
    Page(at, bottom = {
        if (founding.keys == null) {
            MainButton(say(Word.FOUNDING_KEYS)) { at.send(UiEvent.GiveFounderKeys) }
        } else if (draft != null && draft.own && !signed) {
            MainButton(say(Word.FOUNDING_SIGN)) { at.send(UiEvent.SignDraft(sent.trim())) }
        } else {
            MainButton(say(Word.FOUNDING_ENTER), enabled = sent.isNotBlank()) { at.send(UiEvent.EnterFounded(sent.trim())) }
        }
    }) {
        item { TopBar(say(Word.FOUNDING_TITLE), at::back) }
        item { Say(say(Word.FOUNDING_ABOUT), look.type.bodyLarge) }
        if (founding.keys != null) {
            val word = if (signed) Word.FOUNDING_SIGNATURE_HAND else Word.FOUNDING_KEYS_HAND
            item { GhostButton(say(word)) { at.send(UiEvent.ShareFounding) } }
            item { Field(sent, say(Word.FOUNDING_PASTE), lines = 3) { sent = it } }
            if (sent.isNotBlank()) item { GhostButton(say(Word.FOUNDING_READ)) { at.send(UiEvent.ReadDraft(sent.trim())) } }
        }
        if (draft != null) item { Draft(draft) }
    }
}

@Composable
private fun Draft(draft: FoundingDraft) = Card {
    Column(Modifier.padding(Space.l), Arrangement.spacedBy(Space.xs)) {
        draft.lines.forEachIndexed { number, line -> Say(line, if (number == 0) look.type.title else look.type.body) }
        if (!draft.own) Say(say(Word.FOUNDING_NOT_OWN), look.type.bodyStrong, look.colors.bad)
    }
}
