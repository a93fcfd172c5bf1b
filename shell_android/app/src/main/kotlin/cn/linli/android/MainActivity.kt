package cn.linli.android

import android.Manifest
import android.content.Intent
import android.net.ConnectivityManager
import android.net.Network
import android.os.Build
import android.os.Bundle
import android.view.Gravity
import android.widget.TextView
import androidx.activity.ComponentActivity
import androidx.activity.compose.BackHandler
import androidx.activity.compose.setContent
import androidx.activity.enableEdgeToEdge
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.graphics.asImageBitmap
import cn.linli.app.Linli
import cn.linli.core.UiEvent
import cn.linli.look.LocalPictures
import cn.linli.screens.LinliRoot

/** The one window: the screens, and what the system brings to them. */
class MainActivity : ComponentActivity() {
    private val app get() = application as LinliApp
    private var linli: Linli? = null
    private val online = object : ConnectivityManager.NetworkCallback() {
        override fun onAvailable(network: Network) {
            linli?.send(UiEvent.SyncNow)
        }
    }

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        enableEdgeToEdge()
        app.tools.activity = this
        val linli = try {
            app.linli
        } catch (failed: NotStarted) {
            return tell(failed.word)
        }
        this.linli = linli
        SyncJob.every(this)
        setContent {
            val routes by app.pages.pages.collectAsState()
            BackHandler(routes.size > 1) { app.pages.back() }
            CompositionLocalProvider(LocalPictures provides ::picture) { LinliRoot(linli, app.tools, app.pages) }
        }
        // A window that is brought back had it before.
        val again = intent.flags and Intent.FLAG_ACTIVITY_LAUNCHED_FROM_HISTORY != 0
        if (state == null && !again) Arrival(app, linli).take(intent)
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        linli?.let { Arrival(app, it).take(intent) }
    }

    override fun onStart() {
        super.onStart()
        app.tools.activity = this
        val linli = linli ?: return
        app.inFront = true
        linli.resume()
        getSystemService(ConnectivityManager::class.java).registerDefaultNetworkCallback(online)
        askToNotify(linli)
    }

    override fun onStop() {
        linli?.let {
            getSystemService(ConnectivityManager::class.java).unregisterNetworkCallback(online)
            app.inFront = false
            it.pause()
            val frame = it.frame.now.value
            if (frame.unsent > 0u || frame.picturesUnsent > 0u) SyncJob.soon(app)
        }
        super.onStop()
    }

    override fun onDestroy() {
        if (app.tools.activity === this) app.tools.activity = null
        super.onDestroy()
    }

    @Suppress("OVERRIDE_DEPRECATION", "DEPRECATION") // its successor lives in androidx alone
    override fun onActivityResult(request: Int, result: Int, data: Intent?) {
        super.onActivityResult(request, result, data)
        val ok = result == RESULT_OK
        if (!app.tools.asked.answered(request, ok, data)) linli?.let { app.tools.late(it, ok, data) }
    }

    @Suppress("OVERRIDE_DEPRECATION", "DEPRECATION")
    override fun onRequestPermissionsResult(request: Int, names: Array<String>, results: IntArray) {
        super.onRequestPermissionsResult(request, names, results)
        app.tools.asked.permitted(request, results)
    }

    /** Not before there is something to remind of. */
    private fun askToNotify(linli: Linli) {
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.TIRAMISU) return
        if (linli.attention.now.value.reminders.isEmpty() || !app.asksToNotify) return
        app.asksToNotify = false
        app.tools.asked.permit(this, Manifest.permission.POST_NOTIFICATIONS, R.string.channel_reminders_about) {}
    }

    private fun picture(bytes: ByteArray, turn: Int) =
        decodeForScreen(bytes, turn, resources.displayMetrics.run { maxOf(widthPixels, heightPixels) })?.asImageBitmap()

    /** Without the core there are no screens. */
    private fun tell(word: Int) {
        val page = TextView(this).apply { setText(word) }
        page.textSize = 20f
        page.gravity = Gravity.CENTER
        setContentView(page)
    }
}
