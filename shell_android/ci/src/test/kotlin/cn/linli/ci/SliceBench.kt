package cn.linli.ci

import cn.linli.core.Report
import cn.linli.core.UiEvent
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout

/**
 * What a slice costs across the border, on the JVM. No test: `test.sh -Dtest=SliceBench` runs it.
 */
class SliceBench {
    @Test
    @Timeout(300)
    fun `cost of each slice`(): Unit = Community("bench").use { community ->
        val head = community.phone("王建国").also { community.join(it, Terms("head", "building/3")) }
        repeat(60) { head.send(UiEvent.Report(Report("stair/3-2", "lighting", "楼道灯不亮 $it", null, emptyList(), null), null)) }
        val rows = until("sixty reports", 120) { head.shown { repairs }.rows.takeIf { it.size == 60 } }
        head.send(UiEvent.Detail(rows.first().id))
        until("one is open") { head.shown { detail } }
        val core = head.linli
        val slices = listOf<Pair<String, () -> Unit>>(
            "frame" to { core.frame.refresh(ALL) }, "repairs, 60 rows" to { core.repairs.refresh(ALL) }, "detail" to { core.detail.refresh(ALL) },
            "people" to { core.people.refresh(ALL) }, "attention" to { core.attention.refresh(ALL) }, "drafts" to { core.drafts.refresh(ALL) }, "sending" to { core.sending.refresh(ALL) },
        )
        for ((name, read) in slices) {
            // The JVM compiles what it has seen often enough.
            repeat(4) { time(read) }
            val rounds = (1..7).map { time(read) }.sorted()
            println("%-18s %7.1f µs (%.1f to %.1f)".format(name, rounds[3], rounds.first(), rounds.last()))
        }
    }

    private fun time(read: () -> Unit): Double {
        val begun = System.nanoTime()
        repeat(CALLS) { read() }
        return (System.nanoTime() - begun) / 1_000.0 / CALLS
    }

    private companion object {
        const val CALLS = 500
        val ALL = UInt.MAX_VALUE
    }
}
