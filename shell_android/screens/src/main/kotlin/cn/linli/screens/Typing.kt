package cn.linli.screens

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import cn.linli.core.UiEvent
import kotlinx.coroutines.delay

/** How long one stops typing before it is looked for (ms). */
const val SEARCH_MS = 300L

/** How long one stops typing before the draft is kept (ms). */
private const val KEEP_MS = 2_000L

/** What is typed is found again after a kill. */
@Composable
fun KeepTyped(at: At, draft: String, kept: String, typed: String) = LaunchedEffect(typed) {
    delay(KEEP_MS)
    if (typed != kept) at.send(UiEvent.KeepDraft(draft, typed))
}
