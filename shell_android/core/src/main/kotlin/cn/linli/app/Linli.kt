package cn.linli.app

import cn.linli.core.Config
import cn.linli.core.HostAnswer
import cn.linli.core.HostRequest
import cn.linli.core.LinliCore
import cn.linli.core.LinliException
import cn.linli.core.Shell
import cn.linli.core.UiEvent
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow

/** What the phone's own system does for the core. Calls come from the core's threads. */
fun interface Platform {
    /** Does what is asked and tells, once, how it ended. */
    fun carryOut(request: HostRequest, done: (HostAnswer) -> Unit)
}

/** One part of what the core shows, read anew when the core says that it moved. */
class Slice<T>(private val bit: UInt, private val read: () -> T) {
    private val kept = MutableStateFlow(read())
    val now: StateFlow<T> get() = kept

    fun refresh(mask: UInt) {
        if (mask and bit != 0u) kept.value = read()
    }
}

/** The core as screens see it: slices to draw, one door for events. One for the life of the process. */
class Linli(config: Config, private val platform: Platform) : AutoCloseable {
    private val ear = Ear()
    private val core = LinliCore.open(config, ear)
    private val rounds = HashMap<ULong, (Boolean) -> Unit>()

    val frame = Slice(1u, core::frame)
    val founding = Slice(1u, core::founding)
    val repairs = Slice(2u, core::repairs)
    val detail = Slice(4u, core::detail)
    val picture = Slice(4u, core::picture)
    val people = Slice(8u, core::people)
    val attention = Slice(16u, core::attention)
    val drafts = Slice(32u, core::drafts)
    val sending = Slice(64u, core::sending)
    val money = Slice(128u, core::money)

    init {
        ear.listen(listOf(frame, founding, repairs, detail, picture, people, attention, drafts, sending, money))
    }

    /** Returns at once; the slices follow. What the screens send comes from the core, so it is never refused here. */
    fun send(event: UiEvent) {
        try {
            dispatch(event)
        } catch (refused: LinliException) {
            assert(false) { refused }
        }
    }

    /** Sends what came from outside; fails if an id in it is none. */
    fun dispatch(event: UiEvent) = core.dispatch(event)

    fun resume() = core.resume()

    fun pause() = core.pause()

    /** One bounded round for a background job; [done] is told, once, whether it went through. */
    fun round(done: (Boolean) -> Unit) = synchronized(rounds) {
        // A round may end before its number is known here.
        rounds[core.startRound()] = done
    }

    override fun close() = core.close()

    private inner class Ear : Shell {
        @Volatile
        private var slices = emptyList<Slice<*>>()

        fun listen(to: List<Slice<*>>) {
            slices = to
            changed(UInt.MAX_VALUE)
        }

        override fun changed(mask: UInt) = slices.forEach { it.refresh(mask) }

        override fun jobDone(token: ULong, ok: Boolean) {
            synchronized(rounds) { rounds.remove(token) }?.invoke(ok)
        }

        override fun host(id: ULong, kind: UInt) {
            val request = core.hostRequest(id) ?: return
            platform.carryOut(request) { core.answer(id, it) }
        }
    }
}
