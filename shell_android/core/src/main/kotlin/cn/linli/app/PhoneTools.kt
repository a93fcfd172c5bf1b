package cn.linli.app

import kotlinx.coroutines.flow.StateFlow
import java.io.File

/**
 * What the screens ask of the phone itself.
 *
 * Called on the main thread, and answered there, once. `null` and `false` say that nothing came of it: given up,
 * not allowed, or a phone without the part; the phone has told the person why.
 */
interface PhoneTools {
    /** The invitation that a link or another app handed over, until [invitationTaken]. */
    val invitation: StateFlow<String?>

    fun invitationTaken()

    /**
     * The file is the caller's to delete; the core takes a copy.
     *
     * If the process ends before the answer, the phone itself puts the photo to the draft in the next one.
     */
    fun takePhoto(draft: String, done: (File?) -> Unit)

    fun pickPhoto(draft: String, done: (File?) -> Unit)

    /** Any file, as another app keeps it: a copy, which is the caller's to delete. */
    fun pickFile(done: (File?) -> Unit)

    /** Asks for the microphone if need be: so the answer may come late. */
    fun recordVoice(started: (Recording?) -> Unit)

    /** Shows the camera until a QR code is read. */
    fun scanQr(done: (String?) -> Unit)

    /** Reads aloud, instead of what was being read. */
    fun speak(text: String)

    fun stopSpeaking()

    /** Plain text, one paragraph a line. */
    fun print(title: String, text: String)

    /** Asks for fingerprint, face or the phone's PIN, before what cannot be undone. */
    fun provePresence(why: String, done: (Boolean) -> Unit)
}

/** A voice note while it is spoken: MPEG-4 with AAC. */
interface Recording {
    /** The file, or nothing if it was too short to hold a sound. */
    fun stop(): File?

    fun cancel()
}

/** Finds a QR code in the brightness of a picture, row by row, one byte a dot. */
fun interface QrReader {
    fun read(luma: ByteArray, width: Int, height: Int): String?
}
