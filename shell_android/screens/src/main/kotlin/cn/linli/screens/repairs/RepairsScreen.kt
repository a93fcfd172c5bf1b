package cn.linli.screens.repairs

import androidx.compose.foundation.horizontalScroll
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.rounded.Add
import androidx.compose.material.icons.rounded.Close
import androidx.compose.material.icons.rounded.FilterList
import androidx.compose.material.icons.rounded.Handyman
import androidx.compose.material.icons.rounded.Search
import androidx.compose.material3.DropdownMenu
import androidx.compose.material3.DropdownMenuItem
import androidx.compose.material3.FilterChip
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import cn.linli.app.Route
import cn.linli.core.RepairsWindow
import cn.linli.core.UiEvent
import cn.linli.look.Empty
import cn.linli.look.Field
import cn.linli.look.GhostButton
import cn.linli.look.MainButton
import cn.linli.look.Phrase
import cn.linli.look.PlainIcon
import cn.linli.look.RepairRow
import cn.linli.look.Say
import cn.linli.look.Space
import cn.linli.look.SyncStrip
import cn.linli.look.TopBar
import cn.linli.look.Word
import cn.linli.look.grouped
import cn.linli.look.look
import cn.linli.look.say
import cn.linli.look.stacked
import cn.linli.screens.At
import cn.linli.screens.Page
import cn.linli.screens.SEARCH_MS
import kotlinx.coroutines.delay

@Composable
fun RepairsScreen(at: At) {
    val window = at.linli.repairs.now.collectAsState().value
    val drafts = at.linli.drafts.now.collectAsState().value
    var searching by rememberSaveable { mutableStateOf(window.search.isNotEmpty()) }
    fun look(filter: String, search: String, offset: UInt = 0u) = at.send(UiEvent.Window(filter, search, offset))
    val report = @Composable {
        MainButton(say(Word.REPAIRS_NEW), icon = Icons.Rounded.Add) { at.open(Route.Report) }
    }
    Page(at, bottom = report.takeIf { drafts.classes.isNotEmpty() }) {
        item {
            TopBar(say(Word.REPAIRS_TITLE)) {
                val (icon, word) = if (searching) Icons.Rounded.Close to Word.CLOSE else Icons.Rounded.Search to Word.SEARCH
                PlainIcon(icon, say(word)) {
                    searching = !searching
                    if (!searching) look(window.filter, "")
                }
            }
        }
        if (searching) item { SearchField(window.search) { look(window.filter, it) } }
        if (at.frame.syncWaits) item { SyncStrip(at.frame) { at.open(Route.Sync) } }
        item { Filters(window) { look(it, window.search) } }
        if (window.rows.isEmpty()) {
            val all = window.search.isEmpty() && window.openCount == 0u
            item { Empty(Icons.Rounded.Handyman, say(if (all) Word.REPAIRS_EMPTY else Word.REPAIRS_EMPTY_FILTER)) }
        }
        grouped(window.rows, { it.id }) { RepairRow(it, at::openRepair) }
        if (window.rows.isNotEmpty()) item { Stretch(window) { look(window.filter, window.search, it) } }
    }
}

@Composable
private fun SearchField(kept: String, onSearch: (String) -> Unit) {
    var typed by rememberSaveable { mutableStateOf(kept) }
    LaunchedEffect(typed) {
        delay(SEARCH_MS)
        if (typed != kept) onSearch(typed)
    }
    Field(typed, say(Word.REPAIRS_SEARCH_HINT)) { typed = it }
}

/** Side by side; in large letters folded into one button. */
@Composable
private fun Filters(window: RepairsWindow, onFilter: (String) -> Unit) {
    if (stacked) return FilterMenu(window, onFilter)
    Row(Modifier.horizontalScroll(rememberScrollState()), Arrangement.spacedBy(Space.s)) {
        window.filters.forEach { filter ->
            FilterChip(
                selected = filter.value == window.filter,
                onClick = { onFilter(filter.value) },
                label = { Say(filter.text, look.type.label) },
                modifier = Modifier.heightIn(min = look.targets.min),
            )
        }
    }
}

@Composable
private fun FilterMenu(window: RepairsWindow, onFilter: (String) -> Unit) {
    var open by remember { mutableStateOf(false) }
    val chosen = window.filters.find { it.value == window.filter }?.text.orEmpty()
    Box {
        GhostButton(chosen, Icons.Rounded.FilterList) { open = true }
        DropdownMenu(open, { open = false }) {
            window.filters.forEach { filter ->
                DropdownMenuItem({ Say(filter.text) }, {
                    open = false
                    onFilter(filter.value)
                }, Modifier.heightIn(min = look.targets.min))
            }
        }
    }
}

/** What else fits: the core hands over a stretch at a time. */
@Composable
private fun Stretch(window: RepairsWindow, onOffset: (UInt) -> Unit) {
    val end = window.offset + window.rows.size.toUInt()
    Say(say(Phrase.repairsCount("${window.total}")), look.type.quiet, look.colors.textQuiet)
    if (end < window.total) GhostButton(say(Word.MORE)) { onOffset(end) }
    if (window.offset > 0u) GhostButton(say(Word.REPAIRS_FIRST)) { onOffset(0u) }
}
