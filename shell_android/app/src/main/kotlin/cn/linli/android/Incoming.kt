package cn.linli.android

import android.net.Uri
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import java.io.File
import java.io.IOException
import java.io.InputStream
import java.io.OutputStream

/** The core takes no larger load. */
private const val LOAD_BYTES_MAX = 64L * 1024 * 1024

/** A copy of what another app shows; nothing if it is taken away, not to be read, or too large. */
suspend fun LinliApp.copyIn(from: Uri): File? = withContext(Dispatchers.IO) {
    try {
        val file = File.createTempFile("load", ".linli", cacheFolder(INCOMING))
        val whole = contentResolver.openInputStream(from)?.use { stream ->
            file.outputStream().use { stream.copyAtMost(it, LOAD_BYTES_MAX) }
        } ?: false
        if (!whole) file.delete()
        file.takeIf { whole }
    } catch (_: IOException) {
        null
    } catch (_: SecurityException) {
        null
    }
}

/** Whether all of it was copied. */
private fun InputStream.copyAtMost(to: OutputStream, most: Long): Boolean {
    val buffer = ByteArray(DEFAULT_BUFFER_SIZE)
    var left = most
    while (true) {
        val count = read(buffer)
        if (count < 0) return true
        left -= count
        if (left < 0) return false
        to.write(buffer, 0, count)
    }
}
