package cn.linli.screens

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.mutableStateMapOf
import androidx.compose.runtime.remember
import androidx.compose.ui.text.input.KeyboardType
import cn.linli.core.Answer
import cn.linli.core.AskedFor
import cn.linli.core.UiEvent
import cn.linli.look.Field
import cn.linli.look.Options
import cn.linli.look.Section
import cn.linli.look.Word
import cn.linli.look.look
import cn.linli.look.say

/** The word of what is written at length, and how much of it is seen at once. */
const val LONG = "text"
private const val LONG_LINES = 3

/** What is written or pasted at length, and found again after a kill or a refusal: an action asks for one of them. */
val KEPT = setOf(LONG, "decision", "tariff", "homes")

/** What is typed as a number. */
private val NUMBERS = setOf("sum", "cost", "to_fund", "to_committee", "late_rate")

/** What was chosen and typed for what the core asks; what is kept as one goes stands until it is touched. */
class Answered(
    private val asks: List<AskedFor>,
    private val kept: (String) -> String = { "" },
    private val keep: (String, String) -> Unit = { _, _ -> },
) {
    private val chosen = mutableStateMapOf<String, Set<String>>()
    private val typed = mutableStateMapOf<String, String>()

    fun typed(ask: AskedFor) = typed[ask.word] ?: if (ask.typed) kept(ask.word) else ""

    fun type(ask: AskedFor, text: String) {
        typed[ask.word] = text
        if (text.isNotEmpty()) chosen.remove(ask.word)
        keep(ask.word, text)
    }

    /** What cannot be chosen any more was not chosen. */
    fun chosen(ask: AskedFor) =
        chosen[ask.word] ?: ask.choices.map { it.value }.filter { it == kept(ask.word) }.toSet()

    fun choose(ask: AskedFor, value: String) {
        val before = chosen(ask)
        typed.remove(ask.word)
        val now = when {
            value in before -> before - value
            ask.many -> before + value
            else -> setOf(value)
        }
        chosen[ask.word] = now
        keep(ask.word, now.joinToString(" "))
    }

    /** Whether anything is said. */
    val any get() = asks.any { typed(it).isNotEmpty() || chosen(it).isNotEmpty() }

    fun has(ask: AskedFor) = ask.optional || typed(ask).isNotBlank() || chosen(ask).isNotEmpty()

    val complete get() = asks.all(::has)

    fun answers() = asks.flatMap { ask ->
        (chosen(ask) + listOf(typed(ask)).filter { it.isNotBlank() }).map { Answer(ask.word, it) }
    }
}

@Composable
fun rememberAnswered(key: String, asks: List<AskedFor>) = remember(key, asks.size) { Answered(asks) }

/** The same, kept at every key and tap: each answer is a draft beside that of the page, and goes with it. */
@Composable
fun rememberKept(at: At, name: String, asks: List<AskedFor>): Answered {
    val drafts = at.linli.drafts.now.collectAsState()
    val kept = { word: String -> drafts.value.drafts.find { it.name == "$name/$word" }?.text.orEmpty() }
    return remember(name, asks.size) {
        Answered(asks, kept) { word, text -> at.send(UiEvent.KeepDraft("$name/$word", text)) }
    }
}

/** Each thing that is asked: its choices, and where it can be typed, a field. */
fun LazyListScope.asks(asks: List<AskedFor>, answered: Answered) = asks.forEach { ask ->
    if (ask.choices.isNotEmpty()) item { Section(ask.text, if (ask.optional) say(Word.ASK_OPTIONAL) else "") }
    item { Ask(ask, answered) }
}

@Composable
private fun Ask(ask: AskedFor, answered: Answered) = Column(verticalArrangement = Arrangement.spacedBy(look.targets.gap)) {
    if (ask.choices.isNotEmpty()) Options(ask.choices, answered.chosen(ask)) { answered.choose(ask, it) }
    if (ask.typed) {
        val lines = if (ask.word in KEPT) LONG_LINES else 1
        val label = if (ask.optional) "${ask.text} · ${say(Word.ASK_OPTIONAL)}" else ask.text
        val keyboard = if (ask.word in NUMBERS) KeyboardType.Decimal else KeyboardType.Text
        Field(answered.typed(ask), label, lines, keyboard) { answered.type(ask, it) }
    }
}
