package cn.linli.ci

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.requiredSize
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.width
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.rounded.Add
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.runSkikoComposeUiTest
import androidx.compose.ui.unit.dp
import androidx.compose.ui.unit.sp
import cn.linli.app.BackStack
import cn.linli.app.Route
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout

/** Every page, for those who do not see well, do not hit well, or do not see at all. */
@OptIn(ExperimentalTestApi::class)
class AccessTest {
    @Test
    fun `the check sees faults`() = assertEquals(
        setOf("no label", "too small", "cut off", "a broken word", "small letters", "overlap"),
        faults(Glass(), Duty(48f, 18f)) {
            Column {
                Box(Modifier.size(60.dp).clickable {}) { Icon(Icons.Rounded.Add, null) }
                Box(Modifier.height(80.dp).requiredSize(20.dp).clickable {}.semantics { contentDescription = "小" })
                Text("一行放不下的字", Modifier.width(60.dp), maxLines = 1, fontSize = 20.sp)
                Text("小字", fontSize = 12.sp)
                Text("Lighting", Modifier.width(60.dp), fontSize = 20.sp)
                Box {
                    Box(Modifier.size(60.dp).clickable {}.semantics { contentDescription = "上" })
                    Box(Modifier.size(80.dp).clickable {}.semantics { contentDescription = "下" })
                }
            }
        }.map { it.substringBefore(":").substringBefore(",") }.toSet(),
    )

    @Test
    @Timeout(800)
    fun `every page can be read, hit and heard`(): Unit = Community("access").use { community ->
        val here = Neighbours(community)
        val found = mutableListOf<String>()
        for (way in WAYS) {
            here.phones.forEach { it.speak(way.spoken, way.elder) }
            val duty = if (way.elder) Duty(60f, 18f) else Duty(48f, 12f)
            for ((name, phone, route) in here.pages()) {
                val stack = standing(route)
                faults(way.glass, duty, { phone.tells(route) }) { App(phone, here.hands(), stack, way.glass) }
                    .forEach { found += "$name, ${way.name}: $it" }
            }
        }
        assertEquals(emptyList<String>(), found, found.joinToString("\n"))
    }

    @Test
    fun `a row of a list is one element`(): Unit = Community("rows").use { community ->
        val here = Neighbours(community)
        val glass = Glass()
        val pages = BackStack().apply { switch(Route.Repairs) }
        runSkikoComposeUiTest(glass.pixels, glass.density) {
            setContent { App(here.head, Hands(), pages, glass) }
            for (row in here.head.shown { repairs }.rows) {
                val nodes = onAllNodes(hasText(row.excerpt, substring = true)).fetchSemanticsNodes()
                assertEquals(1, nodes.size, row.excerpt)
                val whole = hasClickAction() and hasText(row.excerpt) and hasText(row.place) and hasText(row.chip.text)
                assertEquals(1, onAllNodes(whole).fetchSemanticsNodes().size, row.excerpt)
            }
        }
    }
}
