package cn.linli.ci

import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.SemanticsNodeInteraction
import androidx.compose.ui.test.SkikoComposeUiTest
import androidx.compose.ui.test.assertIsEnabled
import androidx.compose.ui.test.assertIsNotEnabled
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasScrollToNodeAction
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.performScrollToNode
import androidx.compose.ui.test.performSemanticsAction
import androidx.compose.ui.test.runSkikoComposeUiTest
import androidx.compose.ui.text.AnnotatedString
import cn.linli.app.BackStack
import cn.linli.core.UiEvent
import com.fasterxml.jackson.databind.JsonNode
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.MethodSource
import java.io.File

/** Stories in the words of the screens, played on the screens over the real core and a real relay. */
@OptIn(ExperimentalTestApi::class)
class FlowTest {
    @ParameterizedTest(name = "{0} {1}")
    @Timeout(150)
    @MethodSource("stories")
    fun play(name: String, language: String) {
        val story = readToml("tests/flows/$name.toml")
        Community("flow-$name").use { community ->
            val players = cast(community, story, language)
            val glass = Glass()
            runSkikoComposeUiTest(glass.pixels, glass.density) {
                var shown by mutableStateOf(players.values.first())
                setContent {
                    key(shown, shown.life) { App(shown.phone, shown.hands, shown.pages, glass) }
                }
                story["steps"].forEachIndexed { number, step ->
                    val (who, verb) = step.map { it.asText() }
                    val words = step.drop(2).map { it.asText() }
                    val player = requireNotNull(players[who]) { "$name: nobody is called $who" }
                    if (shown != player) {
                        shown = player
                        mainClock.advanceTimeByFrame()
                    }
                    val picture = "flows/$name-$language-%02d".format(number + 1)
                    runCatching { Hand(this, player, Tongue(language), players).act(verb, words) }.onFailure {
                        save("$picture-failed", captureToImage())
                        throw AssertionError("$name, step ${number + 1}: $step; ${it.message}", it)
                    }
                    save(picture, captureToImage())
                }
            }
        }
    }

    private fun cast(community: Community, story: JsonNode, language: String): Map<String, Player> {
        fun phone(name: String, person: JsonNode?): Phone {
            val undo = person?.get("undo_ms") ?: return community.phone(name)
            return community.phone(name, undo.asInt().toUInt())
        }
        val office = story["people"].find { it["role"]?.asText() == "property" }
        val company = phone("物业", office).also {
            community.join(it, Terms("property", "community", listOf("dispatcher", "repair_worker", "finance", "desk")))
        }
        var head: Phone? = null
        val players = story["people"].associate { person ->
            val name = person["name"].asText()
            val role = person["role"]?.asText()
            val phone = if (role == "property") company else phone(name, person)
            if (role != null && role != "property") {
                val witness = if (role == "owner") head ?: company else null
                val terms = Terms(role, person["scope"].asText())
                community.join(phone, terms, listOfNotNull(community.founder, witness))
                if (role == "head") head = phone
            }
            phone.send(UiEvent.Speak(language))
            until("language") { phone.shown { frame }.takeIf { it.language == language } }
            name to Player(phone)
        }
        if (story["fees"]?.asBoolean() == true) community.founder.charge(FEE)
        return players
    }

    companion object {
        /** What every home pays in a story about money. */
        const val FEE = "[[charge]]\nname = \"物业费\"\nkind = \"area\"\nrate = 2.35\n"

        @JvmStatic
        fun stories() = File(System.getProperty("linli.root"), "tests/flows").listFiles()!!
            .map { it.nameWithoutExtension }.sorted().filter { it == (System.getProperty("linli.story") ?: it) }
            .also { check(it.isNotEmpty()) }
            .flatMap { name -> listOf("zh", "en").map { arrayOf(name, it) } }
    }
}

/** A person with a phone, as a story has them. */
class Player(val phone: Phone) {
    val hands = Hands()
    var pages = BackStack()
        private set
    var life by mutableStateOf(0)
        private set

    /** The process ends, and the app is opened again. */
    fun kill() {
        phone.restart()
        pages = BackStack()
        life += 1
    }
}

/** Carries out a step. */
@OptIn(ExperimentalTestApi::class)
private class Hand(
    private val test: SkikoComposeUiTest,
    private val player: Player,
    private val tongue: Tongue,
    private val players: Map<String, Player>,
) {
    fun act(verb: String, words: List<String>) {
        val first = words.firstOrNull().orEmpty()
        when (verb) {
            "see" -> await("it is not to be seen") { find(labelled(first)) }
            "gone" -> await("it is still to be seen") { (find(labelled(first)) == null).orNull() }
            "tap" -> tap(first)
            "off" -> await("there is no such control") { find(labelled(first) and hasClickAction()) }.assertIsNotEnabled()
            "type" -> type(first, words[1])
            "scan" -> player.hands.scanned = await("there is no code to scan") { players.getValue(first).phone.code() }
            "photo" -> player.hands.photo = photo(File.createTempFile("photo", ".jpg"))
            "same" -> same(players.getValue(first))
            "rest" -> test.mainClock.advanceTimeBy(REST_MS)
            "offline" -> player.phone.cable.cut = true
            "online" -> player.phone.cable.cut = false
            "sync" -> player.phone.send(UiEvent.SyncNow)
            "kill" -> player.kill()
            else -> error("no such verb: $verb")
        }
    }

    /** The code on a phone's screen: a receipt for its payer, else an invitation. */
    private fun Phone.code() = shown { money }.run { receipt ?: home?.fresh }?.code ?: shown { frame }.invitation

    private fun tap(label: String) {
        val node = await("there is no such control") { find(labelled(label) and hasClickAction()) }
        node.assertIsEnabled()
        node.performSemanticsAction(SemanticsActions.OnClick)
        test.mainClock.advanceTimeByFrame()
    }

    private fun type(text: String, field: String) {
        val node = await("there is no such field") { find(labelled(field) and hasSetTextAction()) }
        node.performSemanticsAction(SemanticsActions.SetText) { it(AnnotatedString(text)) }
        test.mainClock.advanceTimeByFrame()
    }

    private fun same(other: Player) {
        val code = await("no code") { player.phone.shown { frame }.code }
        val there = other.phone.shown { people }.applicants.mapNotNull { it.code }
        assertEquals(listOf(code), there)
    }

    /** What is exactly so called comes before what contains it; what is further down is scrolled to. */
    private fun find(what: SemanticsMatcher): SemanticsNodeInteraction? {
        first(what)?.let { return it }
        val lists = test.onAllNodes(hasScrollToNodeAction())
        repeat(lists.fetchSemanticsNodes().size) { runCatching { lists[it].performScrollToNode(what) } }
        return first(what)
    }

    private fun first(what: SemanticsMatcher): SemanticsNodeInteraction? {
        val nodes = test.onAllNodes(what)
        val found = nodes.fetchSemanticsNodes()
        return if (found.isEmpty()) null else nodes[found.indices.minBy { found[it].words().length }]
    }

    private fun SemanticsNode.words() = listOfNotNull(
        config.getOrNull(SemanticsProperties.ContentDescription)?.joinToString(),
        config.getOrNull(SemanticsProperties.Text)?.joinToString { it.text },
    ).joinToString()

    private fun labelled(label: String): SemanticsMatcher = tongue.of(label)
        .map { hasText(it, substring = true) or hasContentDescription(it, substring = true) }
        .reduce { one, other -> one or other }

    /** waitUntil of ui-test 1.7.3 never ends. */
    private fun <T : Any> await(failing: String, look: () -> T?): T {
        val end = System.nanoTime() + PATIENCE_NS
        while (true) {
            look()?.let { return it }
            if (System.nanoTime() > end) throw AssertionError(failing)
            Thread.sleep(FRAME_MS)
            test.mainClock.advanceTimeByFrame()
        }
    }

    private companion object {
        /** As long as a person rests between two things, of the time that the test makes. */
        const val REST_MS = 3_000L
        const val FRAME_MS = 8L
        const val PATIENCE_NS = 20_000_000_000L
    }
}
