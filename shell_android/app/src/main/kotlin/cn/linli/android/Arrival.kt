package cn.linli.android

import android.content.ContentResolver
import android.content.Intent
import android.net.Uri
import cn.linli.app.Linli
import cn.linli.app.Route
import cn.linli.core.LinliException
import cn.linli.core.Phase
import cn.linli.core.UiEvent
import kotlinx.coroutines.MainScope
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch

/**
 * What comes to the app from outside: an invitation, a load to carry, the repair of a reminder.
 *
 * Any app can send it: so nothing is done with it that its text or file does not prove to the core.
 */
class Arrival(private val app: LinliApp, private val linli: Linli) {
    fun take(intent: Intent) {
        @Suppress("DEPRECATION") // its successor came with Android 13
        val load = intent.getParcelableExtra<Uri>(Intent.EXTRA_STREAM)
        val text = intent.getCharSequenceExtra(Intent.EXTRA_TEXT)
        val repair = intent.getStringExtra(Reminders.ID)
        when (intent.action) {
            Intent.ACTION_VIEW -> intent.dataString?.let { invite(asInvited(it)) }
            Intent.ACTION_SEND -> load?.let(::carry) ?: text?.let { invite("$it") }
            else -> repair?.let(::open)
        }
    }

    /** Messengers make a link only of what has two slashes. */
    private fun asInvited(link: String) = link.replaceFirst("linli://", "linli:")

    private fun invite(text: String) {
        MainScope().launch {
            // Who is a member already is known only once the core has read it.
            val frame = linli.frame.now.first { it.version > 0u }
            if (frame.phase == Phase.MEMBER || frame.phase == Phase.ENDED) app.pages.open(Route.Join)
            app.tools.invitation.value = text
        }
    }

    private fun open(repair: String) {
        try {
            linli.dispatch(UiEvent.Detail(repair))
        } catch (_: LinliException.BadEvent) {
            return
        }
        app.pages.open(Route.Repair(repair))
    }

    private fun carry(load: Uri) {
        // A name on the disk would be opened with this app's own rights.
        if (load.scheme != ContentResolver.SCHEME_CONTENT) return
        MainScope().launch {
            val file = app.copyIn(load)
            if (file == null) app.tell(R.string.not_possible) else linli.send(UiEvent.Carry(file.path))
        }
    }
}
