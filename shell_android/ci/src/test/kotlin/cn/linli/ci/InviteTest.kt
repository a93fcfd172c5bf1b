package cn.linli.ci

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasScrollToNodeAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollToNode
import androidx.compose.ui.test.runSkikoComposeUiTest
import cn.linli.app.Route
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

@OptIn(ExperimentalTestApi::class)
class InviteTest {
    @Test
    fun `an invitation is printed as it is sent`(): Unit = Community("invite").use { community ->
        val invitation = community.invite(community.founder, Terms("resident", "unit/3-2-602"))
        val (glass, hands) = Glass() to Hands()
        runSkikoComposeUiTest(glass.pixels, glass.density) {
            setContent { App(community.founder, hands, standing(Route.Invite), glass) }
            onNode(hasScrollToNodeAction()).performScrollToNode(hasText("打印出来"))
            onNodeWithText("打印出来").performClick()
        }
        assertEquals(invitation, hands.printed)
    }
}
