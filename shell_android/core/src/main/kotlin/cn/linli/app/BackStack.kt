package cn.linli.app

import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow

/** A page of the app. */
sealed interface Route {
    data object Today : Route

    data object Repairs : Route

    data object People : Route

    data object Me : Route

    data object Report : Route

    data class Repair(val id: String) : Route

    /** What an action of a repair asks for. */
    data class Act(val id: String, val action: String) : Route

    data object Sync : Route

    data object Data : Route

    data object Communities : Route

    data object Join : Route

    data object Invite : Route

    data object Register : Route

    data object Founding : Route

    /** The pages of money: while one of them is shown, the core tells of it. */
    sealed interface OfMoney : Route

    data object Money : OfMoney

    /** The money of a home; on a round, its door. */
    data class HomeMoney(val unit: String, val round: String? = null) : OfMoney

    data class Round(val id: String) : OfMoney

    data class Collect(val unit: String, val round: String?) : OfMoney

    data class Count(val subject: String, val action: String, val round: String) : OfMoney

    /** What an action about money asks for, and what has to be open for it. */
    data class MoneyAct(
        val subject: String,
        val action: String,
        val unit: String? = null,
        val round: String? = null,
        val book: String? = null,
    ) : OfMoney

    /** A page of the books, by the name that the core gives it. */
    data class Book(val name: String) : OfMoney

    data object ScanReceipt : OfMoney
}

/** The pages under the one that is shown; there is always one. */
class BackStack {
    private val kept = MutableStateFlow<List<Route>>(listOf(Route.Today))
    val pages: StateFlow<List<Route>> get() = kept

    fun open(route: Route) {
        kept.value = kept.value.filter { it != route } + route
    }

    /** Shows one of the tabs, with nothing under it. */
    fun switch(route: Route) {
        kept.value = listOf(route)
    }

    /** Whether there was a page to go back to. */
    fun back(): Boolean {
        if (kept.value.size == 1) return false
        kept.value = kept.value.dropLast(1)
        return true
    }
}
