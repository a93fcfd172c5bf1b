package cn.linli.screens

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.rounded.Group
import androidx.compose.material.icons.rounded.Handyman
import androidx.compose.material.icons.rounded.Home
import androidx.compose.material.icons.rounded.Person
import androidx.compose.material3.Badge
import androidx.compose.material3.BadgedBox
import androidx.compose.material3.Icon
import androidx.compose.material3.NavigationBar
import androidx.compose.material3.NavigationBarItem
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import cn.linli.app.BackStack
import cn.linli.app.Linli
import cn.linli.app.PhoneTools
import cn.linli.app.Route
import cn.linli.core.Frame
import cn.linli.core.Phase
import cn.linli.core.UiEvent
import cn.linli.look.LinliTheme
import cn.linli.look.Say
import cn.linli.look.Speech
import cn.linli.look.Word
import cn.linli.look.look
import cn.linli.look.say
import cn.linli.look.style
import cn.linli.screens.join.JoinScreen
import cn.linli.screens.me.CommunitiesScreen
import cn.linli.screens.me.DataScreen
import cn.linli.screens.me.MeScreen
import cn.linli.screens.me.SyncScreen
import cn.linli.screens.people.InviteScreen
import cn.linli.screens.people.PeopleScreen
import cn.linli.screens.people.RegisterScreen
import cn.linli.screens.repairs.ActScreen
import cn.linli.screens.repairs.RepairScreen
import cn.linli.screens.repairs.RepairsScreen
import cn.linli.screens.repairs.ReportScreen
import cn.linli.screens.today.TodayScreen

/** Where a screen stands: the core, the phone, the pages, and the frame as it is now. */
class At(val linli: Linli, val tools: PhoneTools, val pages: BackStack, val frame: Frame) {
    fun send(event: UiEvent) = linli.send(event)

    fun open(route: Route) = pages.open(route)

    fun back() {
        pages.back()
    }

    fun openRepair(id: String) {
        send(UiEvent.Detail(id))
        open(Route.Repair(id))
    }
}

private class Tab(val route: Route, val word: Word, val icon: ImageVector)

private val TABS = listOf(
    Tab(Route.Today, Word.TAB_TODAY, Icons.Rounded.Home),
    Tab(Route.Repairs, Word.TAB_REPAIRS, Icons.Rounded.Handyman),
    Tab(Route.People, Word.TAB_PEOPLE, Icons.Rounded.Group),
    Tab(Route.Me, Word.TAB_ME, Icons.Rounded.Person),
)

@Composable
fun LinliRoot(
    linli: Linli,
    tools: PhoneTools,
    pages: BackStack,
    dark: Boolean = isSystemInDarkTheme(),
    speech: Speech? = null,
) {
    val frame by linli.frame.now.collectAsState()
    val routes by pages.pages.collectAsState()
    val at = At(linli, tools, pages, frame)
    LinliTheme(frame.language, frame.elder, dark, speech) {
        Box(Modifier.fillMaxSize().safeDrawingPadding()) {
            if (frame.phase == Phase.MEMBER || frame.phase == Phase.ENDED) {
                Column {
                    Box(Modifier.weight(1f)) { Show(at, routes.last()) }
                    if (routes.size == 1) Tabs(at, routes.last())
                }
            } else {
                JoinScreen(at)
            }
        }
    }
}

@Composable
private fun Show(at: At, route: Route) = when (route) {
    Route.Today -> TodayScreen(at)
    Route.Repairs -> RepairsScreen(at)
    Route.People -> PeopleScreen(at)
    Route.Me -> MeScreen(at)
    Route.Report -> ReportScreen(at)
    is Route.Repair -> RepairScreen(at, route.id)
    is Route.Act -> ActScreen(at, route.id, route.action)
    Route.Sync -> SyncScreen(at)
    Route.Data -> DataScreen(at)
    Route.Communities -> CommunitiesScreen(at)
    Route.Join -> JoinScreen(at)
    Route.Invite -> InviteScreen(at)
    Route.Register -> RegisterScreen(at)
}

@Composable
private fun Tabs(at: At, shown: Route) = NavigationBar(
    Modifier.heightIn(min = look.targets.bar), containerColor = look.colors.surfaceRaised,
) {
    TABS.forEach { tab ->
        val badge = if (tab.route == Route.Today) at.frame.badge.toInt() else 0
        NavigationBarItem(
            selected = shown == tab.route,
            onClick = { at.pages.switch(tab.route) },
            icon = {
                BadgedBox({ if (badge > 0) Badge { Say("$badge", look.type.bar, look.colors.onBad) } }) {
                    Icon(tab.icon, null)
                }
            },
            label = { Text(say(tab.word), style = look.type.bar.style(), softWrap = false) },
        )
    }
}
