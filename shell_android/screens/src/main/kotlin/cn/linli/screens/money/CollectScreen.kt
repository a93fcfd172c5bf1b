package cn.linli.screens.money

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.automirrored.rounded.VolumeUp
import androidx.compose.material.icons.rounded.ExpandLess
import androidx.compose.material.icons.rounded.ExpandMore
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import cn.linli.core.Action
import cn.linli.core.Answer
import cn.linli.core.HomeMoney
import cn.linli.core.UiEvent
import cn.linli.look.DoorPlate
import cn.linli.look.GhostButton
import cn.linli.look.Keypad
import cn.linli.look.MainButton
import cn.linli.look.Phrase
import cn.linli.look.PlainIcon
import cn.linli.look.QuietButton
import cn.linli.look.Space
import cn.linli.look.Sum
import cn.linli.look.TopBar
import cn.linli.look.TypedSum
import cn.linli.look.Word
import cn.linli.look.look
import cn.linli.look.say
import cn.linli.look.stacked
import cn.linli.screens.At
import cn.linli.screens.Page
import cn.linli.screens.asks
import cn.linli.screens.rememberKept

/** The word of what the keypad types. */
private const val SUM = "sum"

/** Cash at a door or a counter: the sum on large keys, kept at every key, as all else that is asked. */
@Composable
fun CollectScreen(at: At, unit: String, round: String?) {
    val money = openMoney(at, unit, round)
    val home = money.home?.takeIf { it.unit == unit }
    val action = home?.actions?.find { it.word == COLLECT }
    if (home != null && action != null) return Keys(at, home, action)
    if (home != null) LaunchedEffect(unit) { at.back() }
    Page(at) { item { TopBar("", at::back) } }
}

@Composable
private fun Keys(at: At, home: HomeMoney, action: Action) {
    val drafts = at.linli.drafts.now.collectAsState().value
    val name = "$SUM/${home.subject}"
    var typed by remember(name) { mutableStateOf<String?>(null) }
    val sum = typed ?: drafts.text(name)
    val more = action.asks.filter { it.word != SUM }
    val answered = rememberKept(at, name, more)
    var turned by remember { mutableStateOf<Boolean?>(null) }
    // What was said before a kill is not written unseen.
    val unfolded = turned ?: answered.any
    fun type(text: String) {
        typed = text
        at.send(UiEvent.KeepDraft(name, text))
    }
    val said = listOf(Answer(SUM, sum)) + answered.answers()
    val give = rememberGiving(at, home, said) {
        // The draft goes with the receipt; a refusal leaves it.
        at.send(UiEvent.MoneyAct(home.subject, action.word, said, name))
    }
    // A refusal takes the place of the keys where there is no room for both.
    val keys = !unfolded && !(stacked && at.frame.toast != null)
    Page(at, bottom = {
        TypedSum(sum, ::type)
        if (keys) Keypad(sum, ::type)
        val ready = sum.isNotEmpty() && answered.complete && give != null
        MainButton(say(Word.MONEY_GIVE), enabled = ready) { give?.invoke() }
    }) {
        item {
            TopBar(action.text, at::back) {
                PlainIcon(Icons.AutoMirrored.Rounded.VolumeUp, say(Word.MONEY_READ_ALOUD)) {
                    at.tools.speak(home.owedSaid)
                }
            }
        }
        item { Owed(home) }
        if (home.owedFen > 0) {
            item { GhostButton(say(Phrase.moneyFullSum(home.owedText))) { type(home.owedPlain) } }
        }
        item {
            val icon = if (unfolded) Icons.Rounded.ExpandLess else Icons.Rounded.ExpandMore
            QuietButton(say(Word.MONEY_MORE), icon) { turned = !unfolded }
        }
        if (unfolded) asks(more, answered)
    }
}

/** Writes the receipt once, and goes back when it is there; nothing while it is being written. */
@Composable
private fun rememberGiving(at: At, home: HomeMoney, said: List<Answer>, write: () -> Unit): (() -> Unit)? {
    // A rule said no, or something else is asked now: it can be tried again.
    var waits by remember(said, at.frame.toast) { mutableStateOf(false) }
    var asked by remember { mutableStateOf(false) }
    var before by remember { mutableStateOf<String?>(null) }
    val fresh = home.fresh?.id
    LaunchedEffect(asked, fresh) { if (asked && fresh != null && fresh != before) at.back() }
    if (waits) return null
    return {
        before = fresh
        asked = true
        waits = true
        write()
    }
}

@Composable
private fun Owed(home: HomeMoney) {
    if (stacked) {
        Column(verticalArrangement = Arrangement.spacedBy(Space.xs)) {
            DoorPlate(home.unit, own = true)
            Sum(home.owedText, look.type.figureLarge)
        }
    } else {
        Row(Modifier.fillMaxWidth(), Arrangement.SpaceBetween, Alignment.CenterVertically) {
            DoorPlate(home.unit, own = true)
            Sum(home.owedText, look.type.figureLarge)
        }
    }
}
