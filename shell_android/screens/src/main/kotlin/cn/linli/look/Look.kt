package cn.linli.look

import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.material3.darkColorScheme
import androidx.compose.material3.lightColorScheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.ReadOnlyComposable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.text.TextLayoutResult
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.style.LineBreak
import androidx.compose.ui.text.style.TextAlign
import kotlin.math.min

/** How the app looks and speaks now. */
class Look(
    val colors: Colors,
    val type: TypeRoles,
    val targets: Targets,
    val icons: IconSizes,
    val speech: Speech,
    val elder: Boolean,
)

private val LocalLook = staticCompositionLocalOf<Look> { error("outside LinliTheme") }

/** Makes a picture of a JPEG, turned upright; each platform has its own decoder. */
val LocalPictures = staticCompositionLocalOf<(ByteArray, turn: Int) -> ImageBitmap?> { { _, _ -> null } }

val look: Look
    @Composable @ReadOnlyComposable
    get() = LocalLook.current

@Composable
@ReadOnlyComposable
fun say(saying: Saying): String = LocalLook.current.speech.say(saying)

/** From this growth of the system's font on, things that stood side by side are stacked. */
const val STACK_FROM = 1.4f

val stacked: Boolean
    @Composable @ReadOnlyComposable
    get() = LocalDensity.current.fontScale >= STACK_FROM

@Composable
fun LinliTheme(
    language: String,
    elder: Boolean,
    dark: Boolean = isSystemInDarkTheme(),
    speech: Speech? = null,
    content: @Composable () -> Unit,
) {
    val colors = if (dark) DarkColors else LightColors
    val spoken = speech ?: if (language == "zh") Chinese else English
    val look = if (elder) {
        Look(colors, ElderTypeRoles, ElderTargets, ElderIconSizes.grown(), spoken, true)
    } else {
        Look(colors, NormalTypeRoles, NormalTargets, NormalIconSizes.grown(), spoken, false)
    }
    CompositionLocalProvider(LocalLook provides look) {
        MaterialTheme(colorScheme = colors.scheme(dark), content = content)
    }
}

/** Pictures grow with the words beside them, but not as far. */
private const val ICON_CAP = 1.5f

@Composable
private fun IconSizes.grown(): IconSizes {
    val by = min(LocalDensity.current.fontScale, ICON_CAP)
    return IconSizes(inline * by, row * by, tile * by, big * by)
}

/** What Material's own parts are drawn in. */
private fun Colors.scheme(dark: Boolean) = (if (dark) darkColorScheme() else lightColorScheme()).copy(
    primary = accent, onPrimary = onAccent, primaryContainer = accentContainer,
    onPrimaryContainer = onAccentContainer, secondary = accent, onSecondary = onAccent,
    secondaryContainer = accentContainer, onSecondaryContainer = onAccentContainer,
    background = background, onBackground = text, surface = background, onSurface = text,
    surfaceVariant = surfaceSunken, onSurfaceVariant = textQuiet, surfaceContainer = surface,
    surfaceContainerHigh = surfaceRaised, surfaceContainerHighest = surfaceSunken, outline = lineStrong,
    outlineVariant = line, error = bad, onError = onBad, errorContainer = badContainer, scrim = scrim,
)

/** A role grows with the system's font as far as its cap. */
@Composable
fun TypeRole.style(color: Color = look.colors.text): TextStyle {
    val density = LocalDensity.current
    val grown = min(density.fontScale, cap)
    return with(density) {
        TextStyle(
            color = color,
            fontSize = (size * grown).toSp(),
            lineHeight = (line * grown).toSp(),
            fontWeight = FontWeight(if (strong) Faces.strong else Faces.regular),
            fontFeatureSettings = if (figures) "tnum" else null,
            lineBreak = LineBreak.Heading.takeIf { strong } ?: LineBreak.Paragraph,
        )
    }
}

/** A text in one of the roles; large letters become a little smaller where a word would not fit on a line. */
@Composable
fun Say(
    text: String,
    role: TypeRole = look.type.body,
    color: Color = look.colors.text,
    modifier: Modifier = Modifier,
    align: TextAlign? = null,
) {
    val style = role.style(color)
    if (!stacked) return Text(text, modifier, style = style, textAlign = align)
    var part by remember(text, style) { mutableStateOf(1f) }
    Text(
        text, modifier, style = style.copy(fontSize = style.fontSize * part), textAlign = align,
        onTextLayout = { if (it.breaksWord() && part > SMALLEST_PART) part *= SMALLER },
    )
}

/** How much smaller letters get at a time, and from where on no more. */
private const val SMALLER = 0.92f
private const val SMALLEST_PART = 0.75f

/** Chinese breaks anywhere, a word of letters does not. */
private fun TextLayoutResult.breaksWord() = (0 until lineCount - 1).map { getLineEnd(it) }.any { end ->
    val text = layoutInput.text.text
    listOfNotNull(text.getOrNull(end - 1), text.getOrNull(end)).count { it in 'a'..'z' || it in 'A'..'Z' } == 2
}

@Composable
fun Say(
    saying: Saying,
    role: TypeRole = look.type.body,
    color: Color = look.colors.text,
    modifier: Modifier = Modifier,
) = Say(say(saying), role, color, modifier)
