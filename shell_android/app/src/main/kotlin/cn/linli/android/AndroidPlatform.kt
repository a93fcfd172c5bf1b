package cn.linli.android

import android.content.ActivityNotFoundException
import android.content.ClipData
import android.content.Intent
import cn.linli.app.Platform
import cn.linli.core.HostAnswer
import cn.linli.core.HostRequest
import java.io.File
import java.io.IOException

/** What the core asks of Android: the share sheet, which no phone tells how it ended. */
class AndroidPlatform(private val app: LinliApp) : Platform {
    override fun carryOut(request: HostRequest, done: (HostAnswer) -> Unit) = app.main {
        val send = Intent(Intent.ACTION_SEND)
        val shown = when (request) {
            is HostRequest.Share -> show(send.setType("text/plain").putExtra(Intent.EXTRA_TEXT, request.text))
            is HostRequest.ShareFile -> hand(File(request.file))?.let { show(file(send, it)) } ?: false
        }
        done(if (shown) HostAnswer.DONE else HostAnswer.CANCELLED)
    }

    /** Copies it to where other apps may read it; only the last one is kept. */
    private fun hand(file: File): File? = try {
        val folder = app.cacheFolder(SHARED)
        folder.listFiles()?.forEach { it.delete() }
        file.copyTo(File(folder, file.name)).also { file.delete() }
    } catch (_: IOException) {
        app.tell(R.string.not_possible)
        null
    }

    private fun file(send: Intent, file: File): Intent {
        val uri = SharedFiles.uri(app, SHARED, file)
        send.clipData = ClipData.newRawUri("", uri)
        return send.setType(LOAD_TYPE).putExtra(Intent.EXTRA_STREAM, uri)
            .addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
    }

    private fun show(send: Intent): Boolean {
        val activity = app.tools.activity ?: return false
        return try {
            activity.startActivity(Intent.createChooser(send, null))
            true
        } catch (_: ActivityNotFoundException) {
            app.tell(R.string.not_possible)
            false
        }
    }
}

/** Nobody else's: so messengers hand it on as it is. */
const val LOAD_TYPE = "application/octet-stream"
