package cn.linli.android

import android.Manifest
import android.app.Activity
import android.media.MediaRecorder
import android.speech.tts.TextToSpeech
import android.util.Log
import cn.linli.app.Recording
import java.io.File
import java.util.Locale

/** Longest voice note (ms): five minutes at this rate are a third of what the core takes. */
private const val LONGEST_MS = 5 * 60 * 1000
private const val RATE = 44_100
private const val BITS_A_SECOND = 32_000

/** Records voice notes. */
class Voices(private val app: LinliApp, private val asked: Asked) {
    fun record(activity: Activity, started: (Recording?) -> Unit) =
        asked.permit(activity, Manifest.permission.RECORD_AUDIO, R.string.microphone_reason) { granted ->
            started(if (granted) start() else null)
        }

    private fun start(): Recording? {
        val file = File.createTempFile("voice", ".m4a", app.cacheFolder(INCOMING))

        @Suppress("DEPRECATION") // the other constructor came with Android 12
        val recorder = MediaRecorder()
        return try {
            recorder.setAudioSource(MediaRecorder.AudioSource.MIC)
            recorder.setOutputFormat(MediaRecorder.OutputFormat.MPEG_4)
            recorder.setAudioEncoder(MediaRecorder.AudioEncoder.AAC)
            recorder.setAudioSamplingRate(RATE)
            recorder.setAudioEncodingBitRate(BITS_A_SECOND)
            recorder.setMaxDuration(LONGEST_MS)
            recorder.setOutputFile(file.path)
            recorder.prepare()
            recorder.start()
            Note(recorder, file)
        } catch (failed: Exception) {
            // The disk is full (an I/O error), or the microphone in another app's hands (Android says no more).
            Log.w("linli", "recording", failed)
            recorder.release()
            file.delete()
            app.tell(R.string.not_possible)
            null
        }
    }

    private class Note(private val recorder: MediaRecorder, private val file: File) : Recording {
        private var full = false

        init {
            recorder.setOnInfoListener { _, what, _ ->
                if (what == MediaRecorder.MEDIA_RECORDER_INFO_MAX_DURATION_REACHED) full = true
            }
        }

        override fun stop(): File? {
            val heard = try {
                recorder.stop()
                true
            } catch (_: RuntimeException) {
                // Nothing was recorded yet; or it was full, and has stopped by itself.
                full
            }
            recorder.release()
            if (!heard) file.delete()
            return file.takeIf { heard }
        }

        override fun cancel() {
            stop()?.delete()
        }
    }
}

/** Reads aloud in the language of the app, with the voice that the phone brings. */
class ReadAloud(private val app: LinliApp) {
    private var voice: TextToSpeech? = null

    fun speak(text: String) {
        voice?.let { return say(it, text) }
        voice = TextToSpeech(app) { status ->
            // It may call before the constructor is done.
            app.main {
                if (status == TextToSpeech.SUCCESS) voice?.let { say(it, text) } else silent()
            }
        }
    }

    fun stop() {
        voice?.stop()
    }

    private fun say(voice: TextToSpeech, text: String) {
        val language = Locale.forLanguageTag(app.linli.frame.now.value.language)
        if (voice.setLanguage(language) < TextToSpeech.LANG_AVAILABLE) return silent()
        text.chunked(TextToSpeech.getMaxSpeechInputLength()).forEachIndexed { number, part ->
            voice.speak(part, if (number == 0) TextToSpeech.QUEUE_FLUSH else TextToSpeech.QUEUE_ADD, null, "$number")
        }
    }

    /** The next time it is tried anew: a voice can be installed. */
    private fun silent() {
        voice?.shutdown()
        voice = null
        app.tell(R.string.no_voice)
    }
}
