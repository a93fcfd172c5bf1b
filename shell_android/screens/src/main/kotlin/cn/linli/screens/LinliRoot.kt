package cn.linli.screens

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.rounded.Group
import androidx.compose.material.icons.rounded.Handyman
import androidx.compose.material.icons.rounded.Home
import androidx.compose.material.icons.rounded.Person
import androidx.compose.material3.Badge
import androidx.compose.material3.BadgedBox
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.key
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.Role
import cn.linli.app.BackStack
import cn.linli.app.Linli
import cn.linli.app.PhoneTools
import cn.linli.app.Route
import cn.linli.core.Frame
import cn.linli.core.Phase
import cn.linli.core.UiEvent
import cn.linli.look.LinliTheme
import cn.linli.look.Radius
import cn.linli.look.Space
import cn.linli.look.Speech
import cn.linli.look.Word
import cn.linli.look.look
import cn.linli.look.say
import cn.linli.look.style
import cn.linli.screens.join.FoundingScreen
import cn.linli.screens.join.JoinScreen
import cn.linli.screens.me.CommunitiesScreen
import cn.linli.screens.me.DataScreen
import cn.linli.screens.me.MeScreen
import cn.linli.screens.me.SyncScreen
import cn.linli.screens.money.BookScreen
import cn.linli.screens.money.CollectScreen
import cn.linli.screens.money.CountScreen
import cn.linli.screens.money.HomeMoneyScreen
import cn.linli.screens.money.MoneyAct
import cn.linli.screens.money.MoneyScreen
import cn.linli.screens.money.RoundScreen
import cn.linli.screens.money.ScanReceiptScreen
import cn.linli.screens.people.InviteScreen
import cn.linli.screens.people.PeopleScreen
import cn.linli.screens.people.RegisterScreen
import cn.linli.screens.repairs.RepairAct
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
    val frame = linli.frame.now.collectAsState().value
    val routes = pages.pages.collectAsState().value
    val at = At(linli, tools, pages, frame)
    LinliTheme(frame.language, frame.elder, dark, speech) {
        Box(Modifier.fillMaxSize().safeDrawingPadding()) {
            if (frame.phase == Phase.MEMBER || frame.phase == Phase.ENDED) {
                Column {
                    Box(Modifier.weight(1f)) { Show(at, routes.last()) }
                    if (routes.size == 1) Tabs(at, routes.last())
                }
            } else if (routes.last() == Route.Founding) {
                FoundingScreen(at)
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
    is Route.Act -> RepairAct(at, route.id, route.action)
    Route.Sync -> SyncScreen(at)
    Route.Data -> DataScreen(at)
    Route.Communities -> CommunitiesScreen(at)
    Route.Join -> JoinScreen(at)
    Route.Invite -> InviteScreen(at)
    Route.Register -> RegisterScreen(at)
    Route.Founding -> FoundingScreen(at)
    is Route.OfMoney -> ShowMoney(at, route)
}

@Composable
private fun ShowMoney(at: At, route: Route.OfMoney) = when (route) {
    Route.Money -> MoneyScreen(at)
    is Route.HomeMoney -> HomeMoneyScreen(at, route.unit, route.round)
    is Route.Round -> RoundScreen(at, route.id)
    is Route.Collect -> CollectScreen(at, route.unit, route.round)
    is Route.Count -> CountScreen(at, route.subject, route.action, route.round)
    is Route.MoneyAct -> MoneyAct(at, route)
    Route.ScanReceipt -> ScanReceiptScreen(at)
    // One opens from another: each begins at its top.
    is Route.Book -> key(route.name) { BookScreen(at, route.name) }
}

/** To how many letters the rest of a tab comes: a longer word gets more of the bar. */
private const val TAB_LETTERS = 6f

@Composable
private fun Tabs(at: At, shown: Route) = Row(
    Modifier.fillMaxWidth().background(look.colors.surfaceRaised).heightIn(min = look.targets.bar).selectableGroup(),
) {
    TABS.forEach { tab ->
        val press = Modifier.selectable(shown == tab.route, role = Role.Tab) { at.pages.switch(tab.route) }
        Column(
            Modifier.weight(TAB_LETTERS + say(tab.word).length).then(press).heightIn(min = look.targets.bar).padding(vertical = Space.s),
            Arrangement.spacedBy(Space.xs, Alignment.CenterVertically), Alignment.CenterHorizontally,
        ) {
            TabIcon(tab, shown == tab.route, if (tab.route == Route.Today) at.frame.badge.toInt() else 0)
            Text(say(tab.word), style = look.type.bar.style(), softWrap = false)
        }
    }
}

@Composable
private fun TabIcon(tab: Tab, shown: Boolean, badge: Int) {
    val ground = if (shown) look.colors.accentContainer else Color.Transparent
    val count = @Composable {
        if (badge > 0) Badge { Text("$badge", style = look.type.bar.style(look.colors.onBad)) }
    }
    Box(Modifier.background(ground, RoundedCornerShape(Radius.full)).padding(Space.l, Space.xs)) {
        BadgedBox({ count() }) { Icon(tab.icon, null, Modifier.size(look.icons.row), look.colors.text) }
    }
}
