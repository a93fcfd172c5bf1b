package cn.linli.ci

import cn.linli.look.Speech

/** Longer than most languages, with marks at both ends: what is cut off is seen. */
private val PSEUDO = Speech { "［${it.zh}${"～".repeat(it.zh.length / 3)}］" }

/** A way in which a page is met: how large the letters are, on how wide a glass, in which colours and language. */
data class Way(val scale: Float, val width: Int, val look: String, val language: String) {
    val name = "$language-$look-$width-$scale"
    val elder = look == "elder"

    /** What the core speaks: it knows no language that only tests have. */
    val spoken = language.takeIf { it != "pseudo" } ?: "zh"
    val glass = Glass(
        width, if (width < 400) 680 else 860, scale, dark = look == "dark",
        speech = PSEUDO.takeIf { language == "pseudo" },
    )
    val traits = listOf("×$scale", "$width dp", look, language)
}

/** What there is of each; of all together there would be 54, which nobody looks at. */
val TRAITS = listOf(
    listOf("×1.0", "×1.4", "×2.0"), listOf("320 dp", "411 dp"), listOf("light", "dark", "elder"), listOf("zh", "en", "pseudo"),
)

/** Nine in which any two traits meet. */
val WAYS = listOf(
    Way(1f, 320, "light", "zh"), Way(1f, 411, "dark", "en"), Way(1f, 411, "elder", "pseudo"),
    Way(1.4f, 411, "light", "en"), Way(1.4f, 320, "dark", "pseudo"), Way(1.4f, 411, "elder", "zh"),
    Way(2f, 411, "light", "pseudo"), Way(2f, 411, "dark", "zh"), Way(2f, 320, "elder", "en"),
)

/** Any two traits that stand in none of the ways. */
fun missingPairs(ways: List<Way>): List<String> {
    val met = ways.flatMap { way -> way.traits.flatMap { one -> way.traits.map { "$one and $it" } } }.toSet()
    return TRAITS.indices.flatMap { at ->
        TRAITS[at].flatMap { one -> TRAITS.drop(at + 1).flatten().map { "$one and $it" } }
    }.filter { it !in met }
}
