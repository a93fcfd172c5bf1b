package cn.linli.ci

import cn.linli.core.Config
import cn.linli.core.LinliCore
import cn.linli.core.Shell
import cn.linli.core.UiEvent
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.File
import java.nio.file.Files
import java.util.concurrent.atomic.AtomicInteger

/** One frame of a screen (ms): the core tells at most once in it that something moved. */
private const val FRAME_MS = 16

private const val EVENTS = 1_000
private const val READS = 10_000

/** What the collectors and the allocator may keep for themselves. */
private const val HEAP_SLACK = 16L shl 20
private const val NATIVE_SLACK = 24L shl 20

/** What crosses the border between the core and the shell, and what stays behind. */
class BorderTest {
    private class Ear : Shell {
        val told = AtomicInteger()

        override fun changed(mask: UInt) {
            told.incrementAndGet()
        }

        override fun jobDone(token: ULong, ok: Boolean) = Unit

        override fun host(id: ULong, kind: UInt) = Unit
    }

    private fun core(ear: Ear, test: (LinliCore) -> Unit) {
        val folder = Files.createTempDirectory("linli-border-").toFile()
        LinliCore.open(Config(folder.path, ByteArray(32) { 7 }, null, 0u), ear).use(test)
        folder.deleteRecursively()
    }

    @Test
    fun `a thousand events are told frame by frame`() {
        val ear = Ear()
        core(ear) { core ->
            val begun = System.nanoTime()
            repeat(EVENTS) { core.dispatch(UiEvent.Elder(it % 2 == 0)) }
            core.dispatch(UiEvent.Speak("en"))
            until("the last one is seen", 60) { core.frame().takeIf { it.language == "en" } }
            until("it is told") { ear.told.get().takeIf { it > 0 } }
            val frames = (System.nanoTime() - begun) / 1_000_000 / FRAME_MS + 2
            assertTrue(ear.told.get() in 1..frames.toInt(), "told ${ear.told.get()} times in $frames frames")
        }
    }

    @Test
    fun `ten thousand reads leave nothing behind`() = core(Ear()) { core ->
        fun read() = repeat(READS) {
            core.frame()
            core.repairs()
            core.drafts()
            core.people()
        }
        // After three rounds the collector has what it keeps for itself.
        repeat(3) { read() }
        val (heap, native) = heap() to resident()
        read()
        assertTrue(heap() - heap < HEAP_SLACK, "heap grew by ${heap() - heap}")
        assertTrue(resident() - native < NATIVE_SLACK, "the process grew by ${resident() - native}")
    }

    private fun heap(): Long {
        repeat(3) { System.gc() }
        return Runtime.getRuntime().run { totalMemory() - freeMemory() }
    }

    private fun resident() = File("/proc/self/status").readLines().first { it.startsWith("VmRSS:") }
        .filter(Char::isDigit).toLong() * 1024
}
