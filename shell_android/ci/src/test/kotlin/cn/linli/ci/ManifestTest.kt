package cn.linli.ci

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.w3c.dom.Document
import org.w3c.dom.Element
import java.io.File
import javax.xml.parsers.DocumentBuilderFactory

private const val ANDROID = "http://schemas.android.com/apk/res/android"

/** What Android's own build would say of the app's manifest and resources; here nothing else reads them. */
class ManifestTest {
    private val root = File(System.getProperty("linli.root"))
    private val main = File(root, "shell_android/app/src/main")
    private val kotlin = File(main, "kotlin")
    private val res = File(main, "res")
    private val manifest = parse(File(main, "AndroidManifest.xml"))
    private val sources = kotlin.walk().filter { it.extension == "kt" }.associate { it.name to it.readText() }

    @Test
    fun `every part that the manifest names is a class of the app`() {
        val bases = mapOf(
            "application" to "Application", "activity" to "Activity", "service" to "JobService",
            "receiver" to "BroadcastReceiver", "provider" to "ContentProvider",
        )
        val text = sources.values.joinToString("\n")
        for ((tag, base) in bases) {
            for (part in manifest.all(tag)) {
                val name = part.android("name").substringAfterLast('.')
                assertEquals("cn.linli.android.$name", part.android("name"))
                assertTrue(Regex("""\nclass $name : \w*$base\(\)""").containsMatchIn(text), "$name is no $base")
            }
        }
        val written = Regex("""\nclass (\w+) : \w*(${bases.values.joinToString("|")})\(\)""").findAll(text)
        val named = bases.keys.flatMap { manifest.all(it) }.map { it.android("name").substringAfterLast('.') }
        assertEquals(named.toSet(), written.map { it.groupValues[1] }.toSet(), "and none is forgotten")
    }

    @Test
    fun `every resource that is named is there`() {
        val files = main.walk().filter { it.extension == "xml" }
        val named = files.flatMap { file ->
            val name = Regex("[\">]@(string|drawable|mipmap|xml|style|color)/(\\w+)")
            name.findAll(file.readText()).map { it.groupValues.drop(1) }
        } + namedInCode()
        val missing = named.toSet().filterNot { (kind, name) -> name in resources(kind) }
        assertEquals(emptyList<List<String>>(), missing)
    }

    @Test
    fun `the stand-in for resources has what the code names and no more`() {
        assertEquals(namedInCode().toSet(), standIns().toSet())
    }

    @Test
    fun `both languages have the same words, and all are used`() {
        val english = words("values")
        assertEquals(english, words("values-zh"))
        val used = (sources.values + File(main, "AndroidManifest.xml").readText()).joinToString("\n")
        val unused = english.filterNot { Regex("""(R\.string\.|@string/)$it\b""").containsMatchIn(used) }
        assertEquals(emptyList<String>(), unused)
    }

    @Test
    fun `nothing leaves the phone unsealed`() {
        val application = manifest.all("application").single()
        assertEquals("false", application.android("usesCleartextTraffic"))
        assertEquals("false", application.android("allowBackup"))
        assertEquals("@xml/no_backup", application.android("dataExtractionRules"))
        assertEquals("", application.android("networkSecurityConfig"))
        val rules = parse(File(res, "xml/no_backup.xml"))
        assertEquals(0, rules.all("include").size)
        for (way in listOf("cloud-backup", "device-transfer")) {
            val left = rules.all(way).single().all("exclude").filter { it.getAttribute("path") == "." }
            val domains = listOf("root", "file", "database", "sharedpref", "external")
            assertEquals(emptyList<String>(), domains - left.map { it.getAttribute("domain") }.toSet(), way)
        }
    }

    @Test
    fun `only what is needed is asked for, and only the window is open to others`() {
        val asked = manifest.all("uses-permission").map { it.android("name").removePrefix("android.permission.") }
        val needed = setOf(
            "INTERNET", "ACCESS_NETWORK_STATE", "CAMERA", "RECORD_AUDIO", "POST_NOTIFICATIONS", "USE_BIOMETRIC",
            "RECEIVE_BOOT_COMPLETED",
        )
        assertEquals(needed, asked.toSet())
        val parts = listOf("activity", "service", "receiver", "provider").flatMap { manifest.all(it) }
        val open = parts.filter { it.android("exported") != "false" }.map { it.android("name") }
        assertEquals(listOf("cn.linli.android.MainActivity"), open)
        assertTrue(manifest.all("uses-feature").all { it.android("required") == "false" })
    }

    @Test
    fun `nothing asks for Google's services`() {
        val shell = File(root, "shell_android")
        val builds = shell.walk().maxDepth(2).filter { it.extension in listOf("kts", "toml") }
        val texts = builds + main.walk().filter { it.extension in listOf("kt", "xml") }
        assertEquals(emptyList<String>(), texts.filter { "com.google" in it.readText() }.map { it.path }.toList())
    }

    @Test
    fun `icons and colours are those of the look`() {
        val look = File(root, "shared/look")
        val drawn = File(res, "drawable").listFiles()!!.joinToString("\n") { it.readText() }
        val paths = listOf("icon-foreground.svg", "wordmark.svg").flatMap { name ->
            Regex(""" d="([^"]+)"""").findAll(File(look, name).readText()).map { it.groupValues[1] }
        }
        assertEquals(emptyList<String>(), paths.filterNot { "\"$it\"" in drawn })
        val known = look.listFiles()!!.joinToString("\n") { it.readText() }
        val colours = res.walk().filter { it.extension == "xml" }
            .flatMap { Regex("#[0-9A-F]{6}\\b").findAll(it.readText()).map { found -> found.value } }.toSet()
        assertEquals(emptyList<String>(), colours.filterNot { it in known })
    }

    /** Kind and name, without the system's own. */
    private fun namedInCode() = sources.values.flatMap { text ->
        Regex("""(?<![\w.])R\.(\w+)\.(\w+)""").findAll(text).map { it.groupValues.drop(1) }
    }

    private fun words(folder: String) =
        parse(File(res, "$folder/strings.xml")).all("string").map { it.getAttribute("name") }

    private fun resources(kind: String): List<String> {
        val own = if (kind == "style" || kind == "color" || kind == "string") "values" else kind
        val folders = res.listFiles()!!.filter { it.name == own || it.name.startsWith("$own-") }
        val files = folders.flatMap { it.listFiles()!!.toList() }
        if (own != "values") return files.map { it.nameWithoutExtension }
        return files.flatMap { parse(it).all(kind) }.map { it.getAttribute("name") }
    }

    /** What `ci/stubs/R.kt` stands in for: kind and name. */
    private fun standIns(): List<List<String>> {
        val text = File(root, "shell_android/ci/stubs/R.kt").readText()
        return Regex("""object (\w+) \{([^{}]+)}""").findAll(text).flatMap { kind ->
            Regex("""val (\w+)""").findAll(kind.groupValues[2]).map { listOf(kind.groupValues[1], it.groupValues[1]) }
        }.toList()
    }

    private fun parse(file: File): Document =
        DocumentBuilderFactory.newInstance().apply { isNamespaceAware = true }.newDocumentBuilder().parse(file)

    private fun Document.all(tag: String) = documentElement.all(tag)

    private fun Element.all(tag: String) =
        getElementsByTagName(tag).let { found -> List(found.length) { found.item(it) as Element } }

    private fun Element.android(name: String): String = getAttributeNS(ANDROID, name)
}
