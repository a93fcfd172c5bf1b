package cn.linli.android

import android.app.AlarmManager
import android.app.Notification
import android.app.NotificationChannel
import android.app.NotificationManager
import android.app.PendingIntent
import android.content.BroadcastReceiver
import android.content.Context
import android.content.Intent
import cn.linli.app.Linli
import cn.linli.core.Reminder
import kotlinx.coroutines.MainScope
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.launch

/** What the system keeps can be replaced by the app alone. */
private const val OURS = PendingIntent.FLAG_UPDATE_CURRENT or PendingIntent.FLAG_IMMUTABLE

/** The most the core gives at a time. */
private const val MOST = 16
private const val CHANNEL = "reminders"

/** How long a phone that was just switched on may take to read what is to be reminded of (ms). */
private const val READ_MS = 5_000L

/** Sets the core's reminders as alarms: they come also when the process is gone. */
class Reminders(private val app: LinliApp) {
    private val alarms = app.getSystemService(AlarmManager::class.java)

    fun follow(linli: Linli) {
        MainScope().launch {
            linli.attention.now.map { it.reminders }.distinctUntilChanged().collect(::set)
        }
    }

    private fun set(reminders: List<Reminder>) = repeat(MOST) { place ->
        val reminder = reminders.getOrNull(place)
        val alarm = Intent(app, ReminderReceiver::class.java).putExtra(ID, reminder?.id).putExtra(TEXT, reminder?.text)
        val pending = PendingIntent.getBroadcast(app, place, alarm, OURS)
        if (reminder == null) {
            alarms.cancel(pending)
        } else {
            alarms.setAndAllowWhileIdle(AlarmManager.RTC_WAKEUP, reminder.atMs, pending)
        }
    }

    companion object {
        const val ID = "repair"
        const val TEXT = "text"
    }
}

/** Shows a reminder that has come; and after the phone was off, has them all set again. */
class ReminderReceiver : BroadcastReceiver() {
    override fun onReceive(context: Context, intent: Intent) {
        val app = context.applicationContext as LinliApp
        if (intent.action == Intent.ACTION_BOOT_COMPLETED) return wake(app)
        val id = intent.getStringExtra(Reminders.ID) ?: return
        val text = intent.getStringExtra(Reminders.TEXT) ?: return
        // Who looks at the app sees it there.
        if (!app.inFront) show(app, id, text)
    }

    private fun wake(app: LinliApp) {
        val reading = goAsync()
        try {
            app.linli
        } catch (_: NotStarted) {
            return reading.finish()
        }
        app.main(READ_MS) { reading.finish() }
    }

    private fun show(app: LinliApp, id: String, text: String) {
        val notices = app.getSystemService(NotificationManager::class.java)
        val name = app.word(R.string.channel_reminders)
        val channel = NotificationChannel(CHANNEL, name, NotificationManager.IMPORTANCE_DEFAULT)
        channel.description = app.word(R.string.channel_reminders_about)
        notices.createNotificationChannel(channel)
        val open = Intent(app, MainActivity::class.java).putExtra(Reminders.ID, id)
        val notice = Notification.Builder(app, CHANNEL)
            .setSmallIcon(R.drawable.icon_small)
            .setContentTitle(name)
            .setContentText(text)
            .setStyle(Notification.BigTextStyle().bigText(text))
            .setVisibility(Notification.VISIBILITY_PRIVATE)
            .setContentIntent(PendingIntent.getActivity(app, id.hashCode(), open, OURS))
            .setAutoCancel(true)
            .build()
        notices.notify(id, 1, notice)
    }
}
