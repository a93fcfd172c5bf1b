package cn.linli.android

import android.app.Activity
import android.app.AlertDialog
import android.content.ActivityNotFoundException
import android.content.Intent
import android.content.pm.PackageManager

/** What the system or another app was asked for, until the answer comes to the activity. On the main thread. */
class Asked(private val app: LinliApp) {
    private val answers = HashMap<Int, (Boolean, Intent?) -> Unit>()
    private val permits = HashMap<Int, (Boolean) -> Unit>()
    private var last = 0

    /** `true` if it was done; where no app can do it, the person is told. */
    fun answer(activity: Activity, intent: Intent, done: (Boolean, Intent?) -> Unit) {
        val number = next()
        answers[number] = done
        try {
            activity.startActivityForResult(intent, number)
        } catch (_: ActivityNotFoundException) {
            answers.remove(number)
            app.tell(R.string.not_possible)
            done(false, null)
        }
    }

    /** Asks only if need be; after a refusal says first what it is for. */
    fun permit(activity: Activity, name: String, reason: Int, done: (Boolean) -> Unit) {
        if (activity.checkSelfPermission(name) == PackageManager.PERMISSION_GRANTED) return done(true)
        val number = next()
        permits[number] = done
        val ask = { activity.requestPermissions(arrayOf(name), number) }
        if (!activity.shouldShowRequestPermissionRationale(name)) return ask()
        AlertDialog.Builder(activity).setMessage(app.word(reason))
            .setPositiveButton(android.R.string.ok) { _, _ -> ask() }
            .setOnCancelListener { permitted(number, IntArray(0)) }
            .show()
    }

    /** `false` if nobody of this process asked. */
    fun answered(number: Int, ok: Boolean, data: Intent?): Boolean {
        val done = answers.remove(number) ?: return false
        done(ok, data)
        return true
    }

    fun permitted(number: Int, results: IntArray) {
        val done = permits.remove(number) ?: return
        val granted = results.firstOrNull() == PackageManager.PERMISSION_GRANTED
        if (!granted) app.tell(R.string.not_allowed)
        done(granted)
    }

    /** The activity takes sixteen bits. */
    private fun next(): Int {
        last = last % 0xFFFF + 1
        return last
    }
}
