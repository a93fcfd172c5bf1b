package cn.linli.android

import android.Manifest
import android.app.Activity
import android.content.Intent
import cn.linli.app.Linli
import cn.linli.app.PhoneTools
import cn.linli.app.Recording
import cn.linli.core.UiEvent
import kotlinx.coroutines.MainScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import java.io.File

/** The phone's parts, as the screens ask for them. */
class AndroidTools(private val app: LinliApp) : PhoneTools {
    val asked = Asked(app)
    private val photos = Photos(app, asked)
    private val voices = Voices(app, asked)
    private val aloud = ReadAloud(app)
    private val presence = Presence(app, asked)

    /** The one that is shown, and can ask. */
    var activity: Activity? = null

    override val invitation = MutableStateFlow<String?>(null)

    override fun invitationTaken() {
        invitation.value = null
    }

    override fun takePhoto(draft: String, done: (File?) -> Unit) = ask({ done(null) }) { photos.take(it, draft, done) }

    override fun pickPhoto(draft: String, done: (File?) -> Unit) = ask({ done(null) }) { photos.pick(it, draft, done) }

    /** The answer to what a process asked that is gone: only photos are still of use. */
    fun late(linli: Linli, ok: Boolean, data: Intent?) = photos.late(ok, data?.data) { draft, photo ->
        MainScope().launch {
            // Whose draft it is is known only once the core has read it.
            linli.frame.now.first { it.version > 0u }
            linli.send(UiEvent.Attach(draft, false, photo.path))
        }
    }

    override fun pickFile(done: (File?) -> Unit) = ask({ done(null) }) { activity ->
        val open = Intent(Intent.ACTION_OPEN_DOCUMENT).addCategory(Intent.CATEGORY_OPENABLE).setType("*/*")
        asked.answer(activity, open) { _, data ->
            val chosen = data?.data ?: return@answer done(null)
            MainScope().launch {
                val file = app.copyIn(chosen)
                if (file == null) app.tell(R.string.not_possible)
                done(file)
            }
        }
    }

    override fun recordVoice(started: (Recording?) -> Unit) = ask({ started(null) }) { voices.record(it, started) }

    override fun scanQr(done: (String?) -> Unit) = ask({ done(null) }) { activity ->
        asked.permit(activity, Manifest.permission.CAMERA, R.string.camera_reason) { granted ->
            if (!granted) return@permit done(null)
            asked.answer(activity, Intent(app, ScanActivity::class.java)) { _, data ->
                done(data?.getStringExtra(ScanActivity.TEXT))
            }
        }
    }

    override fun speak(text: String) = aloud.speak(text)

    override fun stopSpeaking() = aloud.stop()

    override fun print(title: String, text: String) = ask({}) { Printing.print(it, title, text) }

    override fun provePresence(why: String, done: (Boolean) -> Unit) = ask({ done(false) }) {
        presence.prove(it, why, done)
    }

    private fun ask(nobody: () -> Unit, of: (Activity) -> Unit) = activity?.let(of) ?: nobody()
}
