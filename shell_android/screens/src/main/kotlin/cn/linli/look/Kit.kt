package cn.linli.look

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.itemsIndexed
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.automirrored.rounded.ArrowBack
import androidx.compose.material.icons.automirrored.rounded.KeyboardArrowRight
import androidx.compose.material3.Button
import androidx.compose.material3.ButtonDefaults
import androidx.compose.material3.Icon
import androidx.compose.material3.IconButton
import androidx.compose.material3.OutlinedButton
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.layout.layout
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import cn.linli.core.Chip
import cn.linli.core.RepairLine

/** Icon and word: its colour says the same as they. */
@Composable
fun StatusChip(chip: Chip, modifier: Modifier = Modifier) {
    val (ink, ground) = chip.tone.inks(look.colors)
    Row(
        modifier.background(ground, RoundedCornerShape(Radius.plate)).padding(Space.s, Space.hair),
        Arrangement.spacedBy(Space.xs), Alignment.CenterVertically,
    ) {
        Icon(chip.sign.icon(), null, Modifier.size(look.icons.inline), ink)
        Say(chip.text, look.type.label, ink)
    }
}

/** The number of a door; filled where it is one's own. */
@Composable
fun DoorPlate(text: String, own: Boolean) {
    val (ink, ground) = if (own) look.colors.onAccent to look.colors.accent else look.colors.accent to Color.Transparent
    Box(
        Modifier.background(ground, RoundedCornerShape(Radius.plate))
            .border(1.dp, look.colors.accent, RoundedCornerShape(Radius.plate)).padding(Space.s, Space.hair),
    ) { Say(text, look.type.label, ink) }
}

/** Cards are flat: ground and a hairline. */
@Composable
fun Card(modifier: Modifier = Modifier, ground: Color = look.colors.surface, content: @Composable ColumnScope.() -> Unit) =
    Surface(
        modifier.fillMaxWidth(), RoundedCornerShape(Radius.card), ground,
        border = BorderStroke(1.dp, look.colors.line),
    ) { Column(content = content) }

/** Rows that belong together: they look like one card, and are drawn as they are scrolled to. */
fun <T> LazyListScope.grouped(rows: List<T>, key: (T) -> Any, row: @Composable (T) -> Unit) =
    itemsIndexed(rows, { _, it -> key(it) }) { index, it -> Grouped(index == 0, index == rows.lastIndex) { row(it) } }

/** A row moves up to the one before it, so that they share a hairline. */
@Composable
private fun Grouped(first: Boolean, last: Boolean, content: @Composable () -> Unit) {
    val top = if (first) Radius.card else 0.dp
    val bottom = if (last) Radius.card else 0.dp
    val joined = Modifier.layout { measurable, constraints ->
        val placed = measurable.measure(constraints)
        val overlap = if (last) 0 else (Space.m + 1.dp).roundToPx()
        layout(placed.width, placed.height - overlap) { placed.place(0, 0) }
    }
    Surface(
        joined.fillMaxWidth(), RoundedCornerShape(top, top, bottom, bottom), look.colors.surface,
        border = BorderStroke(1.dp, look.colors.line),
    ) { Column { content() } }
}

@Composable
fun Tile(icon: ImageVector, ink: Color = look.colors.text, ground: Color = look.colors.surfaceSunken) = Box(
    Modifier.size(look.icons.tile).background(ground, RoundedCornerShape(Radius.small)),
    Alignment.Center,
) { Icon(icon, null, Modifier.size(look.icons.row), ink) }

/** A line of a list, one element for who listens to it. */
@Composable
fun Line(
    title: String,
    icon: ImageVector?,
    end: String = "",
    onClick: (() -> Unit)? = null,
    below: @Composable () -> Unit = {},
) {
    val press = if (onClick == null) Modifier else Modifier.clickable(role = Role.Button, onClick = onClick)
    Row(
        press.fillMaxWidth().semantics(mergeDescendants = true) {}.heightIn(min = look.targets.row)
            .padding(if (stacked) Space.m else Space.l, Space.m),
        Arrangement.spacedBy(if (stacked) Space.xs else Space.m), Alignment.CenterVertically,
    ) {
        if (icon != null && !stacked) Tile(icon)
        Column(Modifier.weight(1f), Arrangement.spacedBy(Space.xs)) {
            Say(title, look.type.bodyStrong)
            below()
            if (end.isNotEmpty() && stacked) Say(end, look.type.quiet, look.colors.textQuiet)
        }
        if (end.isNotEmpty() && !stacked) Say(end, look.type.caption, look.colors.textQuiet)
        if (onClick != null) {
            val size = if (stacked) look.icons.inline else look.icons.row
            Icon(Icons.AutoMirrored.Rounded.KeyboardArrowRight, null, Modifier.size(size), look.colors.textQuiet)
        }
    }
}

/** One repair in a list; the place goes under a long word, which is not broken for it. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
fun RepairRow(line: RepairLine, onOpen: (String) -> Unit) =
    Line(line.excerpt, line.sign.icon(), line.atText, { onOpen(line.id) }) {
        val place = @Composable { Say(line.place, look.type.quiet, look.colors.textQuiet) }
        if (stacked || look.elder) {
            place()
            StatusChip(line.chip)
        } else {
            FlowRow(Modifier, Arrangement.spacedBy(Space.s), Arrangement.spacedBy(Space.xs)) {
                StatusChip(line.chip)
                place()
            }
        }
    }

@Composable
fun Section(title: String, count: String = "") = Row(
    Modifier.fillMaxWidth().padding(top = Space.s).semantics { heading() },
    Arrangement.SpaceBetween, Alignment.CenterVertically,
) {
    Say(title, look.type.title, modifier = Modifier.weight(1f))
    if (count.isNotEmpty()) Say(count, look.type.quiet, look.colors.textQuiet)
}

/** The one thing to do on a page: lamp on the dark card, else accent. Never two of them. */
@Composable
fun MainButton(text: String, lamp: Boolean = false, enabled: Boolean = true, icon: ImageVector? = null, onClick: () -> Unit) =
    Button(
        onClick, Modifier.fillMaxWidth().heightIn(min = look.targets.button), enabled,
        RoundedCornerShape(Radius.button),
        ButtonDefaults.buttonColors(
            containerColor = if (lamp) look.colors.lamp else look.colors.accent,
            disabledContainerColor = look.colors.surfaceSunken,
        ),
    ) {
        val ink = if (!enabled) look.colors.textQuiet else if (lamp) look.colors.onLamp else look.colors.onAccent
        if (icon != null) Icon(icon, null, Modifier.padding(end = Space.s).size(look.icons.row), ink)
        Say(text, look.type.button, ink, align = TextAlign.Center)
    }

@Composable
fun GhostButton(text: String, icon: ImageVector? = null, modifier: Modifier = Modifier, onClick: () -> Unit) =
    OutlinedButton(
        onClick, modifier.fillMaxWidth().heightIn(min = look.targets.button), shape = RoundedCornerShape(Radius.button),
        border = BorderStroke(1.dp, look.colors.lineStrong),
    ) {
        if (icon != null) Icon(icon, null, Modifier.padding(end = Space.s).size(look.icons.row), look.colors.accent)
        Say(text, look.type.button, look.colors.accent, align = TextAlign.Center)
    }

/** What is seldom wanted: as large to the finger as a button, and quiet. */
@Composable
fun QuietButton(text: String, icon: ImageVector, onClick: () -> Unit) = Row(
    Modifier.fillMaxWidth().clickable(role = Role.Button, onClick = onClick).heightIn(min = look.targets.min)
        .semantics(mergeDescendants = true) {},
    Arrangement.spacedBy(Space.s, Alignment.CenterHorizontally), Alignment.CenterVertically,
) {
    Icon(icon, null, Modifier.size(look.icons.inline), look.colors.accent)
    Say(text, look.type.label, look.colors.accent)
}

@Composable
fun PlainIcon(icon: ImageVector, label: String, onClick: () -> Unit) =
    IconButton(onClick, Modifier.size(look.targets.min)) { Icon(icon, label, Modifier.size(look.icons.row), look.colors.text) }

/** Title with the way back. */
@Composable
fun TopBar(title: String, onBack: (() -> Unit)? = null, end: @Composable () -> Unit = {}) = Row(
    Modifier.fillMaxWidth().padding(vertical = Space.s), Arrangement.spacedBy(if (stacked) 0.dp else Space.s),
    Alignment.CenterVertically,
) {
    if (onBack != null) PlainIcon(Icons.AutoMirrored.Rounded.ArrowBack, say(Word.BACK), onBack)
    Say(
        title, if (onBack == null) look.type.titleLarge else look.type.title,
        modifier = Modifier.weight(1f).semantics { heading() },
    )
    end()
}

@Composable
fun Field(
    value: String,
    label: String,
    lines: Int = 1,
    keyboard: KeyboardType = KeyboardType.Text,
    onChange: (String) -> Unit,
) = OutlinedTextField(
    value, onChange, Modifier.fillMaxWidth().semantics { contentDescription = label },
    textStyle = look.type.bodyLarge.style(), label = { Say(label, look.type.quiet, look.colors.textQuiet) },
    keyboardOptions = KeyboardOptions(keyboardType = keyboard),
    minLines = lines, singleLine = lines == 1, shape = RoundedCornerShape(Radius.button),
)
