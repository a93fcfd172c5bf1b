package cn.linli.ci

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout

/** Every page with a community's data, as it is met: sizes, colours, languages. */
class PictureTest {
    /** As most people meet it: looked at first. */
    private val usual = listOf(Way(1f, 411, "light", "zh"), Way(1f, 411, "dark", "zh"), Way(1f, 411, "light", "en"))

    @Test
    fun `any two of sizes, colours and languages are drawn together`() {
        assertEquals(emptyList<String>(), missingPairs(WAYS))
        val without = missingPairs(WAYS.filter { it.name != "zh-dark-411-2.0" })
        assertEquals(listOf("×2.0 and dark", "×2.0 and zh", "dark and zh"), without)
    }

    @Test
    @Timeout(500)
    fun `every page is drawn`(): Unit = Community("pictures").use { community ->
        val here = Neighbours(community)
        for (way in usual + WAYS) {
            here.phones.forEach { it.speak(way.spoken, way.elder) }
            for ((name, phone, route) in here.pages()) {
                val stack = standing(route)
                val page = still(way.glass, { phone.tells(route) }) { App(phone, here.hands(), stack, way.glass) }
                save("pages/$name-${way.name}", page)
            }
        }
        sheet("pages")
    }
}
