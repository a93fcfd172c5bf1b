package cn.linli.ci

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

class LineTest {
    @Test
    fun `a phone founds and others join`() = Community("line").use { community ->
        val company = community.phone("陈师傅")
        community.join(company, Terms("property", "community", listOf("dispatcher", "repair_worker")))
        val head = community.phone("王建国")
        community.join(head, Terms("head", "building/3"), listOf(community.founder, company))
        val owner = community.phone("李阿姨")
        community.join(owner, Terms("owner", "unit/3-2-501"), listOf(community.founder, head))
        assertEquals("和园", owner.shown { frame }.community)
    }
}
