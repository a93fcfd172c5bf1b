package cn.linli.ci

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.dataformat.toml.TomlMapper
import java.io.File

private val root = File(System.getProperty("linli.root"))

fun readToml(path: String): JsonNode = TomlMapper().readTree(File(root, path))

/** Turns what a story says in Chinese into another language, by the words that the app itself has. */
class Tongue(language: String) {
    private class Pattern(val chinese: Regex, val names: List<String>, val other: String, val weight: Int)

    private val whole = mutableMapOf<String, MutableSet<String>>()
    private val patterns = mutableListOf<Pattern>()

    init {
        val chinese = sentences("zh-Hans")
        val other = if (language == "zh") chinese else sentences(language)
        for ((key, text) in chinese) {
            val there = requireNotNull(other[key]) { "$language lacks $key" }
            if ('{' in text) patterns += pattern(text, there) else whole.getOrPut(text) { mutableSetOf() } += there
        }
        // One that is nothing but a hole says nothing.
        patterns.removeAll { it.weight == 0 }
        patterns.sortByDescending { it.weight }
    }

    /** What it may read; a text that the app has no word for is a person's own. */
    fun of(text: String): Set<String> = whole[text] ?: begun(text) ?: filled(text) ?: parts(text)

    /** What is said up to a name that nobody knows before: `丢了手机：{who}`. */
    private fun begun(text: String): Set<String>? {
        if ('{' !in text) return null
        val found = patterns.filter { it.chinese.pattern == pattern(text, "").chinese.pattern }
        return found.mapTo(mutableSetOf()) { it.other.substringBefore('{') }.ifEmpty { null }
    }

    /** The patterns that say most of it; several may say it alike. */
    private fun filled(text: String): Set<String>? {
        val found = patterns.mapNotNull { pattern -> filled(pattern, text)?.let { pattern.weight to it } }
        val most = found.firstOrNull()?.first ?: return null
        return found.filter { it.first == most }.flatMapTo(mutableSetOf()) { it.second }
    }

    /** A word of the app before what is somebody's own: `户内 3-2-501`. */
    private fun parts(text: String): Set<String> {
        if (' ' !in text) return setOf(text)
        val (first, rest) = text.split(' ', limit = 2)
        return (whole[first] ?: setOf(first)).mapTo(mutableSetOf()) { "$it $rest" }
    }

    private fun filled(pattern: Pattern, text: String): Set<String>? {
        val found = pattern.chinese.matchEntire(text)?.groupValues?.drop(1) ?: return null
        return pattern.names.zip(found).fold(setOf(pattern.other)) { sofar, (name, value) ->
            of(value).flatMapTo(mutableSetOf()) { said -> sofar.map { it.replace("{$name}", said) } }
        }
    }

    private fun pattern(chinese: String, other: String): Pattern {
        val hole = Regex("\\{(\\w+)}")
        val parts = chinese.split(hole)
        val regex = parts.joinToString("(.+)") { Regex.escape(it) }
        val names = hole.findAll(chinese).map { it.groupValues[1] }.toList()
        return Pattern(Regex(regex), names, other, parts.sumOf { it.length })
    }

    private fun sentences(language: String) = readToml("shared/i18n/$language.toml").fields().asSequence()
        .flatMap { (group, words) -> words.fields().asSequence().map { (key, text) -> "$group.$key" to text.asText() } }
        .toMap()
}
