package cn.linli.android

import android.app.Application
import android.content.res.Configuration
import android.os.Handler
import android.os.Looper
import android.util.Log
import android.widget.Toast
import cn.linli.app.BackStack
import cn.linli.app.Linli
import cn.linli.core.Config
import java.io.File
import java.util.Locale

/** The core cannot be opened; [word] tells the person why. Nothing was deleted. */
class NotStarted(val word: Int, cause: Exception) : Exception(cause)

/** One core for the life of the process, opened by whoever comes first: a person, a job or an alarm. */
class LinliApp : Application() {
    private val handler = Handler(Looper.getMainLooper())
    private val core = lazy(::open)

    /** Fails with [NotStarted]; the next who asks tries again. */
    val linli: Linli by core
    val pages = BackStack()
    val tools by lazy { AndroidTools(this) }

    /** Whether somebody looks at the app. */
    @Volatile
    var inFront = false

    /** A process asks once: a refusal stands. */
    var asksToNotify = true

    override fun onCreate() {
        super.onCreate()
        // What was taken for a draft and never kept: it lies open on the disk.
        cacheFolder(INCOMING).deleteRecursively()
    }

    fun main(after: Long = 0, act: () -> Unit) {
        handler.postDelayed(act, after)
    }

    /** A word in the language that the app speaks, which need not be the phone's. */
    fun word(id: Int): String {
        if (!core.isInitialized()) return getString(id)
        val spoken = Locale.forLanguageTag(linli.frame.now.value.language)
        val configuration = Configuration(resources.configuration).apply { setLocale(spoken) }
        return createConfigurationContext(configuration).getString(id)
    }

    fun tell(word: Int) = Toast.makeText(this, word(word), Toast.LENGTH_LONG).show()

    private fun open(): Linli {
        val folder = File(noBackupFilesDir, "core")
        try {
            val key = PlatformKey(this, folder).open()
            val linli = Linli(Config(folder.path, key, null, null), AndroidPlatform(this))
            key.fill(0)
            Reminders(this).follow(linli)
            return linli
        } catch (lost: KeyLost) {
            throw NotStarted(R.string.key_lost, lost)
        } catch (failed: Exception) {
            Log.e("linli", "not started", failed)
            throw NotStarted(R.string.not_started, failed)
        }
    }
}
