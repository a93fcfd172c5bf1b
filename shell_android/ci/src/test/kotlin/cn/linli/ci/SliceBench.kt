package cn.linli.ci

import cn.linli.app.Slice
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
        repeat(60) {
            val report = Report("stair/3-2", "lighting", "楼道灯不亮 $it", null, emptyList(), null)
            head.send(UiEvent.Report(report, null))
        }
        val rows = until("sixty reports", 120) { head.shown { repairs }.rows.takeIf { it.size == 60 } }
        head.send(UiEvent.Detail(rows.first().id))
        until("one is open") { head.shown { detail } }
        val core = head.linli
        val slices = listOf(
            "frame" to core.frame, "repairs, 60 rows" to core.repairs, "detail" to core.detail,
            "people" to core.people, "attention, 60 rows" to core.attention, "drafts" to core.drafts,
            "sending" to core.sending,
        )
        for ((name, slice) in slices) {
            // The JVM compiles what it has seen often enough.
            repeat(4) { time(slice) }
            val rounds = (1..7).map { time(slice) }.sorted()
            println("%-18s %7.1f µs (%.1f to %.1f)".format(name, rounds[3], rounds.first(), rounds.last()))
        }
    }

    private fun time(slice: Slice<*>): Double {
        val begun = System.nanoTime()
        repeat(CALLS) { slice.refresh(ALL) }
        return (System.nanoTime() - begun) / 1_000.0 / CALLS
    }

    private companion object {
        const val CALLS = 500
        val ALL = UInt.MAX_VALUE
    }
}
