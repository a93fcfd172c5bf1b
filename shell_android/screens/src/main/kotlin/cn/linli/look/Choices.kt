package cn.linli.look

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.rounded.Check
import androidx.compose.material.icons.rounded.RadioButtonChecked
import androidx.compose.material.icons.rounded.RadioButtonUnchecked
import androidx.compose.material3.Icon
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import cn.linli.core.Choice
import cn.linli.core.Sign

/** A choice: starts with nothing chosen. */
@Composable
fun Option(text: String, chosen: Boolean, quiet: String = "", onChoose: () -> Unit) =
    Choosable(chosen, onChoose, Modifier.fillMaxWidth()) { mark ->
        Row(
            Modifier.heightIn(min = look.targets.button).padding(Space.l, Space.s),
            Arrangement.spacedBy(Space.m), if (stacked) Alignment.Top else Alignment.CenterVertically,
        ) {
            mark()
            Column(Modifier.weight(1f)) {
                Say(text, look.type.bodyStrong)
                if (quiet.isNotEmpty()) Say(quiet, look.type.quiet, look.colors.textQuiet)
            }
        }
    }

/** One of several, and the mark that tells whether it is taken. */
@Composable
fun Choosable(chosen: Boolean, onChoose: () -> Unit, modifier: Modifier, content: @Composable (@Composable () -> Unit) -> Unit) {
    val edge = if (chosen) BorderStroke(2.dp, look.colors.accent) else BorderStroke(1.dp, look.colors.lineStrong)
    Surface(
        modifier.selectable(chosen, role = Role.RadioButton, onClick = onChoose), RoundedCornerShape(Radius.button),
        if (chosen) look.colors.accentContainer else look.colors.surface, border = edge,
    ) {
        content {
            Icon(
                if (chosen) Icons.Rounded.RadioButtonChecked else Icons.Rounded.RadioButtonUnchecked, null,
                Modifier.size(look.icons.row), if (chosen) look.colors.accent else look.colors.lineStrong,
            )
        }
    }
}

@Composable
fun Options(choices: List<Choice>, chosen: Set<String>, onChoose: (String) -> Unit) =
    Column(verticalArrangement = Arrangement.spacedBy(look.targets.gap)) {
        choices.forEach { Option(it.text, it.value in chosen) { onChoose(it.value) } }
    }

/** Two choices beside each other where they fit; one is taken at most. */
@Composable
fun ShortOptions(choices: List<Choice>, chosen: String, onChoose: (String) -> Unit) {
    val across = if (stacked || look.elder) 1 else 2
    Column(verticalArrangement = Arrangement.spacedBy(look.targets.gap)) {
        choices.chunked(across).forEach { row ->
            Row(horizontalArrangement = Arrangement.spacedBy(look.targets.gap)) {
                row.forEach { ShortOption(it.text, it.value == chosen, Modifier.weight(1f)) { onChoose(it.value) } }
                if (row.size < across) Spacer(Modifier.weight(1f))
            }
        }
    }
}

@Composable
private fun ShortOption(text: String, chosen: Boolean, modifier: Modifier, onChoose: () -> Unit) {
    val ink = if (chosen) look.colors.onAccent else look.colors.text
    Surface(
        modifier.selectable(chosen, role = Role.RadioButton, onClick = onChoose), RoundedCornerShape(Radius.button),
        if (chosen) look.colors.accent else look.colors.surface,
        border = BorderStroke(1.dp, if (chosen) look.colors.accent else look.colors.lineStrong),
    ) {
        Row(
            Modifier.heightIn(min = look.targets.button).padding(Space.m, Space.s),
            Arrangement.spacedBy(Space.s, Alignment.CenterHorizontally), Alignment.CenterVertically,
        ) {
            if (chosen) Icon(Icons.Rounded.Check, null, Modifier.size(look.icons.inline), ink)
            Say(text, look.type.label, ink, align = TextAlign.Center)
        }
    }
}

/** A square to choose what is broken. */
@Composable
fun KindTile(text: String, sign: Sign, chosen: Boolean, urgent: Boolean, modifier: Modifier, onChoose: () -> Unit) {
    val ink = if (chosen) look.colors.onAccent else if (urgent) look.colors.bad else look.colors.text
    Surface(
        modifier.selectable(chosen, role = Role.RadioButton, onClick = onChoose).widthIn(min = look.targets.min),
        RoundedCornerShape(Radius.button), if (chosen) look.colors.accent else look.colors.surface,
        border = BorderStroke(1.dp, if (chosen) look.colors.accent else look.colors.lineStrong),
    ) {
        Column(
            Modifier.fillMaxHeight().heightIn(min = look.targets.row).padding(Space.xs, Space.s),
            Arrangement.spacedBy(Space.xs, Alignment.CenterVertically), Alignment.CenterHorizontally,
        ) {
            Icon(sign.icon(), null, Modifier.size(look.icons.row), ink)
            Say(text, look.type.label, ink, align = TextAlign.Center)
        }
    }
}
