package cn.linli.look

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.automirrored.rounded.Backspace
import androidx.compose.material.icons.rounded.Close
import androidx.compose.material3.Icon
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.hapticfeedback.HapticFeedbackType
import androidx.compose.ui.layout.Layout
import androidx.compose.ui.platform.LocalHapticFeedback
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.editableText
import androidx.compose.ui.semantics.isEditable
import androidx.compose.ui.semantics.requestFocus
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.semantics.setText
import androidx.compose.ui.text.AnnotatedString
import androidx.compose.ui.text.SpanStyle
import androidx.compose.ui.text.buildAnnotatedString
import androidx.compose.ui.text.rememberTextMeasurer
import androidx.compose.ui.text.withStyle
import androidx.compose.ui.unit.Constraints
import androidx.compose.ui.unit.dp
import kotlin.math.max

/** A sum in figures: its currency is smaller than they are, but no smaller than what is read. */
@Composable
fun Sum(
    text: String,
    role: TypeRole = look.type.figure,
    color: Color = look.colors.text,
    modifier: Modifier = Modifier,
) {
    val style = role.style(color)
    // Not in em: behind a minus that would be taken twice.
    val small = SpanStyle(fontSize = style.fontSize * max(Figures.currencyScale, look.type.caption.size / role.size))
    val said = buildAnnotatedString {
        for (letter in text) if ("$letter" == Figures.currency) withStyle(small) { append(letter) } else append(letter)
    }
    Text(said, modifier, style = style)
}

/** The sum of a page, in large figures where they fit on a line. */
@Composable
fun LargeSum(text: String) = BoxWithConstraints {
    val large = look.type.figureLarge
    val wide = rememberTextMeasurer().measure(text, large.style()).size.width
    Sum(text, if (wide <= constraints.maxWidth) large else look.type.figure)
}

/** A row's name and, at the end of its line, the sum; the sum stands under a name that it would crush. */
@Composable
fun TitleAndSum(title: String, sum: String) {
    if (sum.isEmpty()) return Say(title, look.type.bodyStrong)
    Layout({
        Say(title, look.type.bodyStrong)
        Sum(sum)
    }, Modifier.fillMaxWidth()) { (name, figures), constraints ->
        val (width, gap) = constraints.maxWidth to Space.s.roundToPx()
        val end = figures.measure(constraints.copy(minWidth = 0))
        val left = width - end.width - gap
        val beside = left >= minOf(width * NAME_SHARE, name.maxIntrinsicWidth(Constraints.Infinity).toFloat())
        val start = name.measure(constraints.copy(minWidth = 0, maxWidth = if (beside) left else width))
        if (beside) {
            val line = maxOf(start.height, end.height)
            layout(width, line) {
                start.place(0, (line - start.height) / 2)
                end.place(width - end.width, (line - end.height) / 2)
            }
        } else {
            layout(width, start.height + end.height) {
                start.place(0, 0)
                end.place(width - end.width, start.height)
            }
        }
    }
}

/** What a name of several lines keeps of the width, at the least, beside a sum. */
private const val NAME_SHARE = 0.55f

/** Sum and how it stands: beside each other while both fit. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
fun SumAnd(text: String, role: TypeRole = look.type.figureLarge, end: @Composable () -> Unit) {
    if (stacked) {
        Column(verticalArrangement = Arrangement.spacedBy(Space.xs)) {
            Sum(text, role)
            end()
        }
    } else {
        // The chip goes to the next line before the figures would break.
        FlowRow(Modifier.fillMaxWidth(), Arrangement.SpaceBetween, Arrangement.spacedBy(Space.xs)) {
            Sum(text, role)
            Box(Modifier.align(Alignment.CenterVertically)) { end() }
        }
    }
}

/** From how many figures on a sum in large letters is set smaller, so that it stays on one line. */
private const val LONG_SUM = 6

/** What was typed on the keypad, and how to begin anew; who cannot see the keys speaks or pastes it. */
@Composable
fun TypedSum(typed: String, onType: (String) -> Unit) = Surface(
    Modifier.fillMaxWidth(), RoundedCornerShape(Radius.button), look.colors.surface,
    border = BorderStroke(2.dp, look.colors.accent),
) {
    Row(
        Modifier.heightIn(min = look.targets.row).padding(start = Space.l, end = Space.xs),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        val role = if (stacked && typed.length > LONG_SUM) look.type.figure else look.type.figureLarge
        val ink = if (typed.isEmpty()) look.colors.textQuiet else look.colors.text
        val label = say(Word.MONEY_SUM)
        Sum(
            Figures.currency + typed.ifEmpty { "0" }, role, ink,
            Modifier.weight(1f).clearAndSetSemantics {
                contentDescription = label
                editableText = AnnotatedString(typed)
                isEditable = true
                requestFocus { true }
                setText {
                    onType(it.text)
                    true
                }
            },
        )
        if (typed.isNotEmpty()) PlainIcon(Icons.Rounded.Close, say(Word.MONEY_CLEAR)) { onType("") }
    }
}

private val DIGITS = listOf("123", "456", "789")
private const val POINT = '.'

/** Most letters of a sum: ten million yuan with its fen. */
private const val SUM_LETTERS = 10

/** Most figures after the point. */
private const val FEN_DIGITS = 2

/** Large keys at the thumb, never the system's keyboard: nothing lies over them, nothing moves. */
@Composable
fun Keypad(typed: String, onType: (String) -> Unit) {
    fun add(letter: Char) {
        val fits = typed.length < SUM_LETTERS && (POINT !in typed || letter != POINT)
        if (fits && typed.substringAfter(POINT, "").length < FEN_DIGITS) onType(typed + letter)
    }
    Column(verticalArrangement = Arrangement.spacedBy(look.targets.gap)) {
        DIGITS.forEach { row ->
            Row(horizontalArrangement = Arrangement.spacedBy(look.targets.gap)) {
                row.forEach { digit -> Key("$digit", Modifier.weight(1f)) { add(digit) } }
            }
        }
        Row(horizontalArrangement = Arrangement.spacedBy(look.targets.gap)) {
            Key("$POINT", Modifier.weight(1f)) { add(POINT) }
            Key("0", Modifier.weight(1f)) { add('0') }
            Key(null, Modifier.weight(1f)) { onType(typed.dropLast(1)) }
        }
    }
}

/** A key with its figure; without one it takes the last figure away. */
@Composable
private fun Key(figure: String?, modifier: Modifier, onPress: () -> Unit) {
    val haptic = LocalHapticFeedback.current
    Surface(
        {
            haptic.performHapticFeedback(HapticFeedbackType.TextHandleMove)
            onPress()
        },
        modifier.heightIn(min = look.targets.key).semantics { role = Role.Button }, shape = RoundedCornerShape(Radius.button),
        color = if (figure == null) Color.Transparent else look.colors.surfaceSunken,
    ) {
        Box(contentAlignment = Alignment.Center) {
            if (figure != null) {
                Say(figure, look.type.figureLarge)
            } else {
                val back = Icons.AutoMirrored.Rounded.Backspace
                Icon(back, say(Word.MONEY_DIGIT_BACK), Modifier.size(look.icons.row), look.colors.text)
            }
        }
    }
}
