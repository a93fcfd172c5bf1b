package cn.linli.android

import java.io.File

/**
 * The draft for which another app is giving a photo, and the file into which a camera writes it.
 *
 * It lies on the disk: Android often ends a process while a camera needs the memory.
 */
class AwaitedPhoto(private val app: LinliApp) {
    private val note get() = File(app.cacheDir, "awaited-photo")

    fun write(draft: String, file: File?) = note.writeText("${file?.name.orEmpty()}\n$draft")

    fun forget() {
        note.delete()
    }

    /** Whoever takes it deals with it. */
    fun take(): Pair<String, File?>? {
        if (!note.isFile) return null
        val (name, draft) = note.readText().split('\n', limit = 2)
        forget()
        return draft to name.ifEmpty { null }?.let { File(app.cacheFolder(CAMERA), it) }
    }
}
