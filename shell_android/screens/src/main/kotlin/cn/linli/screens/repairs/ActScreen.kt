package cn.linli.screens.repairs

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateMapOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import cn.linli.core.Answer
import cn.linli.core.AskedFor
import cn.linli.core.Draft
import cn.linli.core.UiEvent
import cn.linli.look.Field
import cn.linli.look.MainButton
import cn.linli.look.Options
import cn.linli.look.Section
import cn.linli.look.TopBar
import cn.linli.look.Word
import cn.linli.look.say
import cn.linli.screens.At
import cn.linli.screens.Page
import kotlinx.coroutines.delay

/** Words of what is asked for that is typed, and that is photographed or spoken. */
private const val TEXT = "text"
private val ATTACHED = setOf("photo", "mark")

/** How long one stops typing before the draft is kept (ms). */
private const val KEEP_MS = 2_000L

/** What an action asks for: a text, photos, a choice; the core says which, and among what. */
@Composable
fun ActScreen(at: At, id: String, word: String) {
    val shown by at.linli.detail.now.collectAsState()
    val drafts by at.linli.drafts.now.collectAsState()
    val action = shown?.takeIf { it.line.id == id }?.actions?.find { it.word == word }
    if (action == null) {
        // It was done, or somebody else was faster.
        LaunchedEffect(id, word) { at.back() }
        return
    }
    val name = "act/$id/$word"
    val draft = drafts.drafts.find { it.name == name } ?: Draft(name, "", emptyList())
    var typed by remember(name) { mutableStateOf(draft.text) }
    val chosen = remember(name) { mutableStateMapOf<String, Set<String>>() }
    LaunchedEffect(typed) {
        delay(KEEP_MS)
        if (typed != draft.text) at.send(UiEvent.KeepDraft(name, typed))
    }
    fun answered(ask: AskedFor) = when {
        ask.optional -> true
        ask.word == TEXT -> typed.isNotBlank()
        ask.word in ATTACHED -> draft.attachments.isNotEmpty()
        else -> chosen[ask.word].orEmpty().any { it.isNotBlank() }
    }
    Page(at, bottom = {
        MainButton(action.text, enabled = action.asks.all(::answered)) {
            val answers = action.asks.flatMap { ask ->
                val values = if (ask.word == TEXT) setOf(typed) else chosen[ask.word].orEmpty()
                values.filter { it.isNotBlank() }.map { Answer(ask.word, it) }
            }
            at.send(UiEvent.Repair(id, word, answers, name))
            at.back()
        }
    }) {
        item { TopBar(action.text, at::back) }
        action.asks.forEach { ask ->
            item { Section(ask.text, if (ask.optional) say(Word.ASK_OPTIONAL) else "") }
            item {
                when {
                    ask.word == TEXT -> Field(typed, ask.text, lines = 3) { typed = it }

                    ask.word in ATTACHED -> Attachments(at, name, draft)

                    ask.choices.isEmpty() -> {
                        Field(chosen[ask.word]?.firstOrNull().orEmpty(), ask.text) { chosen[ask.word] = setOf(it) }
                    }

                    else -> Options(ask.choices, chosen[ask.word].orEmpty()) { value ->
                        val before = chosen[ask.word].orEmpty()
                        chosen[ask.word] = when {
                            value in before -> before - value
                            ask.many -> before + value
                            else -> setOf(value)
                        }
                    }
                }
            }
        }
    }
}
