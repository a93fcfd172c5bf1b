package cn.linli.screens.repairs

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import cn.linli.core.Action
import cn.linli.core.Answer
import cn.linli.core.AskedFor
import cn.linli.core.Draft
import cn.linli.core.UiEvent
import cn.linli.look.MainButton
import cn.linli.look.Section
import cn.linli.look.TopBar
import cn.linli.look.Word
import cn.linli.look.say
import cn.linli.screens.At
import cn.linli.screens.KEPT
import cn.linli.screens.KeepTyped
import cn.linli.screens.Page
import cn.linli.screens.asks
import cn.linli.screens.rememberAnswered

/** The word of what is photographed. */
private const val PHOTO = "photo"

/** Words of what is asked for that is photographed or spoken. */
private val ATTACHED = setOf(PHOTO, "mark")

/** What an action asks for: a text, photos, a choice; the core says which, and among what. */
@Composable
fun ActScreen(at: At, name: String, action: Action, send: (List<Answer>) -> Unit) {
    val drafts = at.linli.drafts.now.collectAsState().value
    val draft = drafts.drafts.find { it.name == name } ?: Draft(name, "", emptyList())
    val text = action.asks.find { it.word in KEPT }
    val answered = rememberAnswered(name, action.asks)
    if (text != null) {
        LaunchedEffect(name) { if (answered.typed(text).isEmpty()) answered.type(text, draft.text) }
        KeepTyped(at, name, draft.text, answered.typed(text))
    }
    fun has(ask: AskedFor): Boolean {
        if (ask.word !in ATTACHED) return answered.has(ask)
        // What is said is no photo.
        return ask.optional || draft.attachments.any { ask.word != PHOTO || !it.voice }
    }
    Page(at, bottom = {
        MainButton(action.text, enabled = action.asks.all(::has)) {
            // It is found again if a rule says no.
            val typed = text?.let { answered.typed(it) }.orEmpty()
            if (typed != draft.text) at.send(UiEvent.KeepDraft(name, typed))
            send(answered.answers())
            at.back()
        }
    }) {
        item { TopBar(action.text, at::back) }
        val (attached, others) = action.asks.partition { it.word in ATTACHED }
        asks(others, answered)
        attached.forEach { ask ->
            item { Section(ask.text, if (ask.optional) say(Word.ASK_OPTIONAL) else "") }
            item { Attachments(at, name, draft) }
        }
    }
}

/** A step of a repair. */
@Composable
fun RepairAct(at: At, id: String, word: String) {
    val shown = at.linli.detail.now.collectAsState().value
    val action = shown?.takeIf { it.line.id == id }?.actions?.find { it.word == word }
    if (action == null) {
        // It was done, or somebody else was faster.
        LaunchedEffect(id, word) { at.back() }
        return
    }
    val name = "act/$id/$word"
    ActScreen(at, name, action) { at.send(UiEvent.Repair(id, word, it, name)) }
}
