package cn.linli.screens

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import cn.linli.look.RefusalCard
import cn.linli.look.Space
import cn.linli.look.UndoBar
import cn.linli.look.look
import cn.linli.core.UiEvent

/** A page: what scrolls, and at the thumb what is to be done. Suggestions appear above the button, never under it. */
@Composable
fun Page(at: At, bottom: (@Composable () -> Unit)? = null, content: LazyListScope.() -> Unit) = Column(
    Modifier.fillMaxSize().background(look.colors.background), horizontalAlignment = Alignment.CenterHorizontally,
) {
    LazyColumn(
        Modifier.weight(1f).widthIn(max = Space.readWidth),
        contentPadding = PaddingValues(Space.xl, Space.s, Space.xl, Space.xl),
        verticalArrangement = Arrangement.spacedBy(Space.m), content = content,
    )
    val says = at.frame.toast
    val undo = at.frame.undoUntilMs != null
    if (bottom == null && says == null && !undo) return@Column
    Box(Modifier.fillMaxWidth().background(look.colors.surfaceRaised), Alignment.Center) {
        Column(
            Modifier.widthIn(max = Space.readWidth).padding(Space.xl, Space.m), Arrangement.spacedBy(Space.s),
        ) {
            if (says != null) RefusalCard(says) { at.send(UiEvent.ToastRead) }
            if (undo) UndoBar { at.send(UiEvent.Undo) }
            bottom?.invoke()
        }
    }
}
