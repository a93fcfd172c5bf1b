package cn.linli.ci

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.File

/** Maven builds the tests, Gradle the app on a phone: both from the same versions. */
class VersionsTest {
    private val shell = File(System.getProperty("linli.root"), "shell_android")
    private val poms = shell.walk().maxDepth(2).filter { it.name == "pom.xml" }.associate { it to it.readText() }
    private val pom = poms.getValue(File(shell, "pom.xml"))
    private val gradle = File(shell, "gradle/libs.versions.toml").readText()
        .substringAfter("[versions]").substringBefore("\n[").let { section ->
            Regex("""(?m)^([\w-]+) = "([^"]+)"""").findAll(section).associate { it.groupValues[1] to it.groupValues[2] }
        }

    /** Every property of the poms that is a version, and the oldest Android by what animal-sniffer holds against it. */
    private val maven = poms.values.flatMap { Regex("""<([\w-]+)\.version>([^<$]+)<""").findAll(it) }
        .associate { it.groupValues[1] to it.groupValues[2] } +
        ("minSdk" to only(Regex("""gummy-bears-api-(\d+)</artifactId>"""), pom)) +
        ("jvmTarget" to only(Regex("""<kotlin.compiler.jvmTarget>(\d+)<"""), pom))

    @Test
    fun `both builds use the same versions`() {
        val both = maven.keys intersect gradle.keys
        assertEquals(setOf("kotlin", "compose", "coroutines", "jna", "minSdk", "jvmTarget"), both)
        assertEquals(both.associateWith { maven[it] }, both.associateWith { gradle[it] })
    }

    @Test
    fun `what one side alone needs is said here`() {
        assertEquals(emptySet<String>(), maven.keys - gradle.keys)
        // Google's own, which Maven Central does not have.
        val google = setOf("agp", "activity-compose", "compileSdk", "targetSdk")
        assertEquals(google, gradle.keys - maven.keys)
        // What stands in for a phone, and Maven's own tools.
        val tests = setOf(
            "collection-desktop", "skiko-awt-runtime-linux-x64", "junit-jupiter", "jackson-dataformat-toml", "android-all",
            "gummy-bears-api-26", "animal-sniffer-maven-plugin", "maven-clean-plugin", "maven-surefire-plugin", "maven-resources-plugin",
        )
        val literal = Regex("""<artifactId>([\w-]+)</artifactId>\s*<version>\d+[.-][^<]+</version>""")
        assertEquals(tests, poms.values.flatMap { literal.findAll(it) }.map { it.groupValues[1] }.toSet())
    }

    @Test
    fun `no version hides in a build script`() {
        val scripts = shell.walk().maxDepth(2).filter { it.name == "build.gradle.kts" }.toList()
        assertEquals(4, scripts.size)
        val version = Regex(""""[\w.]+:[\w.-]+:[\w.-]+(@\w+)?"|version "|(min|compile|target)Sdk = \d""")
        val hidden = scripts.flatMap { script -> version.findAll(script.readText()).map { "$script: ${it.value}" } }
        assertEquals(emptyList<String>(), hidden)
    }

    @Test
    fun `the oldest Android is the one that Gradle builds for`() {
        assertTrue(File(shell, "app/build.gradle.kts").readText().contains("libs.versions.minSdk.get().toInt()"))
    }

    private fun only(what: Regex, text: String): String =
        what.findAll(text).map { it.groupValues[1] }.distinct().single()
}
