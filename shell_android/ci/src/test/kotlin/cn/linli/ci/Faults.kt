package cn.linli.ci

import androidx.compose.runtime.Composable
import androidx.compose.ui.geometry.Rect
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.SemanticsMatcher.Companion.keyIsDefined
import androidx.compose.ui.test.SkikoComposeUiTest
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasScrollToIndexAction
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.runSkikoComposeUiTest
import androidx.compose.ui.text.TextLayoutResult
import org.junit.jupiter.api.Assertions.assertTrue

/** What a page owes to a shaky finger and to weak eyes: the least sizes of a control and of letters (dp). */
data class Duty(val target: Float, val smallest: Float)

/** What a screen reader or a shaky finger meets: names, sizes, overlaps, text that is cut off. */
@OptIn(ExperimentalTestApi::class)
fun faults(glass: Glass, duty: Duty, told: () -> Boolean = { true }, screen: @Composable () -> Unit): Set<String> {
    val found = mutableSetOf<String>()
    runSkikoComposeUiTest(glass.pixels, glass.density) {
        setContent(screen)
        until("the core told of the page") { told().orNull() ?: mainClock.advanceTimeByFrame().let { null } }
        repeat(SETTLING) {
            Thread.sleep(4)
            mainClock.advanceTimeByFrame()
        }
        var further: Boolean
        do {
            found += check(glass, duty)
            further = scroll(glass)
        } while (further)
    }
    return found
}

/** Frames until the core has answered what a page asks when it opens. */
private const val SETTLING = 12

@OptIn(ExperimentalTestApi::class)
private fun SkikoComposeUiTest.check(glass: Glass, duty: Duty): Set<String> {
    val found = mutableSetOf<String>()
    val controls = onAllNodes(hasClickAction()).fetchSemanticsNodes().filter { it.isWhole(glass) }
    val texts = onAllNodes(keyIsDefined(SemanticsActions.GetTextLayoutResult), useUnmergedTree = true)
        .fetchSemanticsNodes()
    assertTrue(texts.isNotEmpty(), "nothing to check")
    val dp = glass.density.density
    for (control in controls) {
        if (control.said().isBlank()) found += "no label: ${control.boundsInRoot}"
        val side = minOf(control.size.width, control.size.height) / dp
        if (side < duty.target - ROUNDING) found += "too small, $side dp: ${control.said()}"
    }
    for (one in controls) {
        val over = controls.filter { it.id != one.id && it.boundsInRoot.inside().overlaps(one.boundsInRoot.inside()) }
        over.filter { it.boundsInRoot != one.boundsInRoot }.forEach { found += "overlap: ${one.said()} and ${it.said()}" }
    }
    val fields = onAllNodes(hasSetTextAction(), useUnmergedTree = true).fetchSemanticsNodes().map { it.id }
    for (text in texts.filter { it.id !in fields && it.isWhole(glass) }) {
        val layouts = mutableListOf<TextLayoutResult>()
        text.config[SemanticsActions.GetTextLayoutResult].action!!(layouts)
        if (layouts.any { it.isCrushed() }) found += "a letter a line: ${text.said()}"
        if (layouts.any { it.breaksWords() }) found += "a broken word: ${text.said()}"
        if (layouts.any { it.isCut() }) found += "cut off: ${text.said()}"
        // Roles grow with the system's font up to a cap: what counts is how large they are in the end.
        val sizes = layouts.map { it.layoutInput.style.fontSize.value * glass.fontScale }
        sizes.filter { it < duty.smallest - ROUNDING }.forEach { found += "small letters, $it dp: ${text.said()}" }
    }
    return found
}

/** A dp is drawn as whole pixels. */
private const val ROUNDING = 0.6f

/** Neighbours may share an edge. */
private fun Rect.inside() = deflate(2f)

private fun SemanticsNode.said() = listOfNotNull(
    config.getOrNull(SemanticsProperties.ContentDescription)?.joinToString(),
    config.getOrNull(SemanticsProperties.Text)?.joinToString { it.text },
    config.getOrNull(SemanticsProperties.EditableText)?.text,
).joinToString()

/** What is cut by the edge of a list is scrolled to. */
private fun SemanticsNode.isWhole(glass: Glass) =
    boundsInRoot.height >= size.height - 1 && boundsInRoot.bottom < glass.pixels.height

/** hasVisualOverflow is true for every single-line text on the desktop, so measure. */
private fun TextLayoutResult.isCut() = multiParagraph.didExceedMaxLines ||
    multiParagraph.height > size.height + 1 ||
    (0 until lineCount).any { getLineRight(it) - getLineLeft(it) > size.width + 1 }

/** Chinese breaks anywhere, a word of letters does not. */
private fun TextLayoutResult.breaksWords() = (0 until lineCount - 1).map { getLineEnd(it) }.any { end ->
    val text = layoutInput.text.text
    listOfNotNull(text.getOrNull(end - 1), text.getOrNull(end)).count { it in 'a'..'z' || it in 'A'..'Z' } == 2
}

/** So narrow that words fall apart. */
private fun TextLayoutResult.isCrushed() = lineCount > 3 && layoutInput.text.length < lineCount * 3

/** Goes on by half a screen; `false` at the end. */
@OptIn(ExperimentalTestApi::class)
private fun SkikoComposeUiTest.scroll(glass: Glass): Boolean {
    val lists = onAllNodes(hasScrollToIndexAction()).fetchSemanticsNodes()
    val list = lists.firstOrNull() ?: return false
    val range = list.config.getOrNull(SemanticsProperties.VerticalScrollAxisRange) ?: return false
    val before = range.value()
    runOnIdle { list.config[SemanticsActions.ScrollBy].action!!(0f, glass.pixels.height / 2) }
    mainClock.advanceTimeBy(500)
    return range.value() > before
}
