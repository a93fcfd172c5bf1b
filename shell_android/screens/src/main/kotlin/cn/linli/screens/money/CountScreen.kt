package cn.linli.screens.money

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.Spacer
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.input.KeyboardType
import cn.linli.core.Action
import cn.linli.core.Answer
import cn.linli.core.Choice
import cn.linli.core.CountCard
import cn.linli.core.Money
import cn.linli.core.UiEvent
import cn.linli.look.Field
import cn.linli.look.MainButton
import cn.linli.look.Phrase
import cn.linli.look.Say
import cn.linli.look.Section
import cn.linli.look.Sum
import cn.linli.look.TopBar
import cn.linli.look.Word
import cn.linli.look.look
import cn.linli.look.say
import cn.linli.look.stacked
import cn.linli.screens.At
import cn.linli.screens.KeepTyped
import cn.linli.screens.LONG
import cn.linli.screens.Page
import cn.linli.screens.asks
import cn.linli.screens.rememberAnswered

/** Most digits of how many notes of a kind there are: no hand holds a million. */
private const val PIECES_DIGITS = 6

/** Cash is counted kind by kind of note; who takes it over counts it without having seen the sum. */
@Composable
fun CountScreen(at: At, subject: String, word: String, round: String) {
    val money = openMoney(at, round = round)
    val action = money.action(subject, word)
    if (action != null) return Notes(at, money, subject, action)
    // It is counted.
    if (money.round?.line?.id == round) LaunchedEffect(subject) { at.back() }
    Page(at) { item { TopBar("", at::back) } }
}

@Composable
private fun Notes(at: At, money: Money, subject: String, action: Action) {
    val drafts = at.linli.drafts.now.collectAsState().value
    val name = "$NOTES/$subject"
    val reason = action.asks.find { it.word == LONG }
    val answered = rememberAnswered(name, listOfNotNull(reason))
    if (reason != null) {
        val draft = "$name/$LONG"
        KeptReason(at, draft, drafts.text(draft), answered.typed(reason)) { answered.type(reason, it) }
    }
    var typed by remember(name) { mutableStateOf<String?>(null) }
    val notes = typed ?: drafts.text(name)
    val count = money.round?.counts?.find { it.subject == subject }
    val answers = listOf(Answer(NOTES, notes)) + answered.answers()
    // Once given it is not given again, unless a rule said no or something else is counted.
    var given by remember(answers, at.frame.toast) { mutableStateOf(false) }
    Page(at, bottom = {
        val tally = if (stacked) look.type.figure else look.type.figureLarge
        money.tallies.find { it.value == name }?.let { Sum(say(Phrase.moneyTally(it.text)), tally) }
        // A reason that may be left out has to be given once the cash differs.
        val told = reason == null || answered.has(reason)
        MainButton(action.text, enabled = notes.isNotEmpty() && told && !given) {
            given = true
            at.send(UiEvent.MoneyAct(subject, action.word, answers, name))
        }
    }) {
        item { TopBar(action.text, at::back) }
        if (count != null && count.countedText == null) item { About(count) }
        val kinds = action.asks.find { it.word == NOTES }
        if (kinds != null) {
            item { Section(kinds.text) }
            item {
                Kinds(kinds.choices, notes) {
                    typed = it
                    at.send(UiEvent.KeepDraft(name, it))
                }
            }
        }
        asks(listOfNotNull(reason), answered)
    }
}

/** The other's sum is not told: both are to count. */
@Composable
private fun About(count: CountCard) = Column(verticalArrangement = Arrangement.spacedBy(look.targets.gap)) {
    Say(say(Word.MONEY_BLIND), look.type.bodyStrong)
    Say(count.text, look.type.quiet, look.colors.textQuiet)
}

@Composable
private fun KeptReason(at: At, draft: String, kept: String, typed: String, onFound: (String) -> Unit) {
    LaunchedEffect(draft) { if (typed.isEmpty() && kept.isNotEmpty()) onFound(kept) }
    KeepTyped(at, draft, kept, typed)
}

/** How many there are of each kind: `10000x2 1000x1`, as the core takes it. */
private fun pieces(notes: String) =
    notes.split(' ').filter { 'x' in it }.associate { it.substringBefore('x') to it.substringAfter('x') }

/** Nothing but figures counts; those of a full-width keyboard do. */
private fun figures(typed: String) =
    typed.map { if (it in '０'..'９') '0' + (it - '０') else it }.filter { it in '0'..'9' }.joinToString("")

@Composable
private fun Kinds(kinds: List<Choice>, notes: String, onType: (String) -> Unit) {
    val counted = pieces(notes)
    val across = if (stacked || look.elder) 1 else 2
    Column(verticalArrangement = Arrangement.spacedBy(look.targets.gap)) {
        kinds.chunked(across).forEach { row ->
            Row(horizontalArrangement = Arrangement.spacedBy(look.targets.gap)) {
                row.forEach { kind ->
                    Column(Modifier.weight(1f)) {
                        Field(counted[kind.value].orEmpty(), kind.text, keyboard = KeyboardType.Number) {
                            val digits = figures(it).take(PIECES_DIGITS)
                            val all = counted + (kind.value to digits)
                            val there = kinds.filter { one -> !all[one.value].isNullOrEmpty() }
                            onType(there.joinToString(" ") { one -> "${one.value}x${all[one.value]}" })
                        }
                    }
                }
                if (row.size < across) Spacer(Modifier.weight(1f))
            }
        }
    }
}
