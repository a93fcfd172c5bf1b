package cn.linli.android

import android.app.job.JobInfo
import android.app.job.JobParameters
import android.app.job.JobScheduler
import android.app.job.JobService
import android.content.ComponentName
import android.content.Context
import android.os.Build

/** Android allows no shorter one. */
private const val PERIOD_MS = 15 * 60 * 1000L

/** What an expedited job is promised; a longer round begins anew another time. */
private const val BUDGET_MS = 60 * 1000L
private const val EVERY = 1
private const val SOON = 2

/** One bounded round of sync while the app is away. */
class SyncJob : JobService() {
    /** On the main thread alone. */
    private val running = HashMap<Int, JobParameters>()

    override fun onStartJob(job: JobParameters): Boolean {
        val app = application as LinliApp
        val linli = try {
            app.linli
        } catch (_: NotStarted) {
            return false
        }
        running[job.jobId] = job
        linli.round { ok -> app.main { finish(job, ok) } }
        app.main(BUDGET_MS) { finish(job, false) }
        return true
    }

    override fun onStopJob(job: JobParameters): Boolean {
        running.remove(job.jobId)
        return true
    }

    private fun finish(job: JobParameters, ok: Boolean) {
        if (running.remove(job.jobId, job)) jobFinished(job, !ok)
    }

    companion object {
        /** Every quarter of an hour at best, also after the phone was off. */
        fun every(context: Context) {
            val jobs = context.getSystemService(JobScheduler::class.java)
            // Set again, it would begin its quarter anew.
            if (jobs.getPendingJob(EVERY) == null) jobs.schedule(job(context, EVERY).setPeriodic(PERIOD_MS).build())
        }

        /** As soon as there is a network: something is on this phone only. */
        fun soon(context: Context) {
            val job = job(context, SOON)
            if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.S) Since31.expedite(job)
            context.getSystemService(JobScheduler::class.java).schedule(job.build())
        }

        private fun job(context: Context, number: Int) =
            JobInfo.Builder(number, ComponentName(context, SyncJob::class.java))
                .setRequiredNetworkType(JobInfo.NETWORK_TYPE_ANY)
                .setPersisted(true)
    }
}
