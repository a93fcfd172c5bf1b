package cn.linli.ci

import cn.linli.core.Report
import cn.linli.core.UiEvent
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

class LineTest {
    @Test
    fun `others join, and what one says arrives at the others by itself`(): Unit = Community("line").use { community ->
        val company = community.phone("陈师傅")
        community.join(company, Terms("property", "community", listOf("desk", "dispatcher", "repair_worker")))
        val head = community.phone("王建国")
        community.join(head, Terms("head", "building/3"))
        val owner = community.phone("李阿姨")
        community.join(owner, Terms("owner", "unit/3-2-501"), listOf(community.founder, head))
        assertEquals("和园", owner.shown { frame }.community)
        owner.send(UiEvent.Report(Report("stair/3-2", "lighting", "楼道灯不亮", null, emptyList(), null), null))
        until("the company sees it") { company.shown { repairs }.rows.firstOrNull() }.let { }
    }
}
