package cn.linli.android

import android.Manifest
import android.app.Activity
import android.content.ClipData
import android.content.Intent
import android.graphics.Bitmap
import android.graphics.BitmapFactory
import android.graphics.Matrix
import android.media.ExifInterface
import android.net.Uri
import android.os.Build
import android.provider.MediaStore
import java.io.File
import java.io.IOException
import java.util.concurrent.Executors

/** Longest side of a photo for the core (dots): a crack in a wall is seen, and the file stays far under its limit. */
private const val SIDE = 2048
private const val QUALITY = 85

/** Photos from the camera app or the gallery, made small and upright. */
class Photos(private val app: LinliApp, private val asked: Asked) {
    private val worker = Executors.newSingleThreadExecutor()
    private val awaited = AwaitedPhoto(app)

    /** A camera app refuses an app that declares the permission and does not have it. */
    fun take(activity: Activity, draft: String, done: (File?) -> Unit) =
        asked.permit(activity, Manifest.permission.CAMERA, R.string.camera_reason) { granted ->
            if (granted) open(activity, draft, done) else done(null)
        }

    private fun open(activity: Activity, draft: String, done: (File?) -> Unit) {
        val folder = app.cacheFolder(CAMERA)
        // One that was given up when the process was gone.
        folder.listFiles()?.forEach { it.delete() }
        val file = File.createTempFile("photo", ".jpg", folder)
        val uri = SharedFiles.uri(app, CAMERA, file)
        val take = Intent(MediaStore.ACTION_IMAGE_CAPTURE).putExtra(MediaStore.EXTRA_OUTPUT, uri)
            .addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION or Intent.FLAG_GRANT_WRITE_URI_PERMISSION)
        take.clipData = ClipData.newRawUri("", uri)
        awaited.write(draft, file)
        asked.answer(activity, take) { ok, _ ->
            awaited.forget()
            val taken: (File?) -> Unit = {
                file.delete()
                done(it)
            }
            if (ok && file.length() > 0) shrink(uri, taken) else taken(null)
        }
    }

    fun pick(activity: Activity, draft: String, done: (File?) -> Unit) {
        val pick = if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) {
            Intent(MediaStore.ACTION_PICK_IMAGES)
        } else {
            Intent(Intent.ACTION_GET_CONTENT).addCategory(Intent.CATEGORY_OPENABLE)
        }
        awaited.write(draft, null)
        asked.answer(activity, pick.setType("image/*")) { _, data ->
            awaited.forget()
            data?.data?.let { shrink(it, done) } ?: done(null)
        }
    }

    /** Takes a photo for which a process asked that is gone: it is told for which draft. */
    fun late(ok: Boolean, picked: Uri?, done: (String, File) -> Unit) {
        val (draft, file) = awaited.take() ?: return
        val photo = if (file == null) picked else SharedFiles.uri(app, CAMERA, file).takeIf { file.length() > 0 }
        if (!ok || photo == null) {
            file?.delete()
            return
        }
        shrink(photo) { small ->
            file?.delete()
            if (small != null) done(draft, small)
        }
    }

    private fun shrink(photo: Uri, done: (File?) -> Unit) = worker.execute {
        val small = try {
            decode(photo)?.let(::keep)
        } catch (_: IOException) {
            null
        } catch (_: SecurityException) {
            null
        }
        app.main {
            if (small == null) app.tell(R.string.not_possible)
            done(small)
        }
    }

    private fun keep(photo: Bitmap) = File.createTempFile("photo", ".jpg", app.cacheFolder(INCOMING)).apply {
        outputStream().use { photo.compress(Bitmap.CompressFormat.JPEG, QUALITY, it) }
    }

    private fun decode(photo: Uri): Bitmap? {
        val resolver = app.contentResolver
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.P) return Since28.decode(resolver, photo, SIDE)
        val size = BitmapFactory.Options().apply { inJustDecodeBounds = true }
        resolver.openInputStream(photo)?.use { BitmapFactory.decodeStream(it, null, size) }
        val turn = resolver.openInputStream(photo)?.use {
            ExifInterface(it).getAttributeInt(ExifInterface.TAG_ORIENTATION, ExifInterface.ORIENTATION_NORMAL)
        }
        val less = BitmapFactory.Options().apply { inSampleSize = sampleSize(size.outWidth, size.outHeight, SIDE) }
        return resolver.openInputStream(photo)?.use { BitmapFactory.decodeStream(it, null, less) }?.upright(turn ?: 1)
    }
}

/** Of how many dots one is kept, so that no side is longer than [side]. */
fun sampleSize(width: Int, height: Int, side: Int): Int {
    var size = 1
    while (maxOf(width, height) / size > side) size *= 2
    return size
}

/** Turns as EXIF counts: 1 to 8. */
fun Bitmap.upright(turn: Int): Bitmap {
    val matrix = Matrix()
    if (turn in listOf(2, 4, 5, 7)) matrix.postScale(-1f, 1f)
    when (turn) {
        3, 4 -> matrix.postRotate(180f)
        6, 7 -> matrix.postRotate(90f)
        5, 8 -> matrix.postRotate(270f)
    }
    return if (matrix.isIdentity) this else Bitmap.createBitmap(this, 0, 0, width, height, matrix, true)
}

/** A photo of the core for the screen: no larger than the screen's own dots need. */
fun decodeForScreen(bytes: ByteArray, turn: Int, side: Int): Bitmap? {
    val size = BitmapFactory.Options().apply { inJustDecodeBounds = true }
    BitmapFactory.decodeByteArray(bytes, 0, bytes.size, size)
    val less = BitmapFactory.Options().apply { inSampleSize = sampleSize(size.outWidth, size.outHeight, side) }
    return BitmapFactory.decodeByteArray(bytes, 0, bytes.size, less)?.upright(turn)
}
