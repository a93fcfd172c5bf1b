package cn.linli.android

import android.content.ContentProvider
import android.content.ContentValues
import android.content.Context
import android.database.Cursor
import android.database.MatrixCursor
import android.net.Uri
import android.os.ParcelFileDescriptor
import android.provider.OpenableColumns
import java.io.File
import java.io.FileNotFoundException

/** What other apps may read, once they were handed its name. */
const val SHARED = "shared"

/** Where a camera app writes the one photo that it was asked for. */
const val CAMERA = "camera"

/** Photos, voice notes and loads on their way to the core; of no use to the next process. */
const val INCOMING = "incoming"

fun Context.cacheFolder(name: String) = File(cacheDir, name).apply { mkdirs() }

/** Hands single files of two folders to those who were granted them. */
class SharedFiles : ContentProvider() {
    override fun onCreate() = true

    override fun openFile(uri: Uri, mode: String): ParcelFileDescriptor {
        val writes = mode != "r"
        if (writes && uri.pathSegments.firstOrNull() != CAMERA) throw FileNotFoundException("read only")
        return ParcelFileDescriptor.open(file(uri), ParcelFileDescriptor.parseMode(mode))
    }

    override fun query(
        uri: Uri,
        projection: Array<String>?,
        selection: String?,
        arguments: Array<String>?,
        order: String?,
    ): Cursor {
        val file = file(uri)
        val columns = arrayOf(OpenableColumns.DISPLAY_NAME, OpenableColumns.SIZE)
        return MatrixCursor(columns).apply { addRow(arrayOf(file.name, file.length())) }
    }

    override fun getType(uri: Uri) = if (uri.pathSegments.firstOrNull() == CAMERA) "image/jpeg" else LOAD_TYPE

    override fun insert(uri: Uri, values: ContentValues?): Uri? = throw UnsupportedOperationException()

    override fun update(uri: Uri, values: ContentValues?, selection: String?, arguments: Array<String>?): Int =
        throw UnsupportedOperationException()

    override fun delete(uri: Uri, selection: String?, arguments: Array<String>?): Int =
        throw UnsupportedOperationException()

    /** A file that exists, lies in one of the two folders itself, and is no way out of them. */
    private fun file(uri: Uri): File {
        val parts = uri.pathSegments
        if (parts.size != 2 || parts[0] !in listOf(SHARED, CAMERA)) throw FileNotFoundException("no such file")
        val folder = context!!.cacheFolder(parts[0]).canonicalFile
        val file = File(folder, parts[1]).canonicalFile
        if (file.parentFile != folder || !file.isFile) throw FileNotFoundException("no such file")
        return file
    }

    companion object {
        fun uri(context: Context, folder: String, file: File): Uri =
            Uri.Builder().scheme("content").authority("${context.packageName}.files")
                .appendPath(folder).appendPath(file.name).build()
    }
}
