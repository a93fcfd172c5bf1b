package cn.linli.ci

import cn.linli.look.Speech
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout

/** Longer than any language, with marks at both ends: what is cut off is seen. */
private val PSEUDO = Speech { "［${it.zh}～～～］" }

/** Every page with a community's data, as it is met: sizes, colours, languages. */
class PictureTest {
    private class Way(val name: String, val glass: Glass, val elder: Boolean = false, val language: String = "zh")

    private val ways = listOf(
        Way("zh", Glass()),
        Way("zh-dark", Glass(dark = true)),
        Way("zh-320", Glass(width = 320, height = 680)),
        Way("zh-1.4", Glass(fontScale = 1.4f)),
        Way("zh-2.0", Glass(fontScale = 2f)),
        Way("zh-320-2.0", Glass(width = 320, height = 680, fontScale = 2f)),
        Way("zh-elder", Glass(), elder = true),
        Way("zh-elder-dark-2.0", Glass(fontScale = 2f, dark = true), elder = true),
        Way("en", Glass(), language = "en"),
        Way("en-320-1.4", Glass(width = 320, height = 680, fontScale = 1.4f), language = "en"),
        Way("pseudo", Glass(speech = PSEUDO)),
    )

    @Test
    @Timeout(240)
    fun `every page is drawn`(): Unit = Community("pictures").use { community ->
        val here = Neighbours(community)
        for (way in ways) {
            here.phones.forEach { it.speak(way.language, way.elder) }
            for ((name, phone, route) in here.pages()) {
                val stack = standing(route)
                save("pages/$name-${way.name}", still(way.glass) { App(phone, Hands(), stack, way.glass) })
            }
        }
        sheet("pages")
    }
}
