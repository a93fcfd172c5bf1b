package cn.linli.ci

import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.ImageComposeScene
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.graphics.asSkiaBitmap
import androidx.compose.ui.graphics.toComposeImageBitmap
import androidx.compose.ui.unit.Density
import cn.linli.app.BackStack
import cn.linli.app.PhoneTools
import cn.linli.app.Recording
import cn.linli.look.LocalPictures
import cn.linli.look.Speech
import cn.linli.screens.LinliRoot
import kotlinx.coroutines.flow.MutableStateFlow
import org.jetbrains.skia.Bitmap
import org.jetbrains.skia.Canvas
import org.jetbrains.skia.Image
import org.jetbrains.skia.Rect
import java.io.File

private val folder = File(System.getProperty("linli.shots")).apply { mkdirs() }

/** A screen of a size in dp, with so many pixels a dp. */
data class Glass(
    val width: Int = 411,
    val height: Int = 860,
    val fontScale: Float = 1f,
    val dark: Boolean = false,
    val speech: Speech? = null,
    val dots: Float = 2f,
) {
    val density = Density(dots, fontScale)
    val pixels = Size(width * dots, height * dots)
}

/** What a person's hands give to the app: the photo in front of the lens, the code that is scanned. */
class Hands : PhoneTools {
    override val invitation = MutableStateFlow<String?>(null)
    var photo: File? = null
    var file: File? = null
    var scanned: String? = null
    var spoken = ""
    var printed = ""

    override fun invitationTaken() {
        invitation.value = null
    }

    override fun takePhoto(draft: String, done: (File?) -> Unit) = done(photo)

    override fun pickPhoto(draft: String, done: (File?) -> Unit) = done(photo)

    override fun pickFile(done: (File?) -> Unit) = done(file)

    override fun recordVoice(started: (Recording?) -> Unit) = started(null)

    override fun scanQr(done: (String?) -> Unit) = done(scanned)

    override fun speak(text: String) {
        spoken = text
    }

    override fun stopSpeaking() = Unit

    override fun print(title: String, text: String) {
        printed = text
    }

    override fun provePresence(why: String, done: (Boolean) -> Unit) = done(true)
}

/** The app as it stands in a hand. */
@Composable
fun App(phone: Phone, hands: Hands, pages: BackStack, glass: Glass) =
    CompositionLocalProvider(LocalPictures provides ::decode) {
        LinliRoot(phone.linli, hands, pages, glass.dark, glass.speech)
    }

private fun decode(bytes: ByteArray, turn: Int): ImageBitmap? {
    check(turn == 1) { "no picture of the tests is turned" }
    return runCatching { Image.makeFromEncoded(bytes).toComposeImageBitmap() }.getOrNull()
}

fun save(name: String, image: Image): File = File(folder, "$name.png").apply {
    parentFile.mkdirs()
    writeBytes(image.encodeToData()!!.bytes)
}

fun save(name: String, image: ImageBitmap) = save(name, Image.makeFromBitmap(image.asSkiaBitmap()))

/** How often a still is drawn before it is taken: first effects ask the core, and it answers. */
private const val FRAMES = 12
private const val FRAME_NS = 100_000_000L

/** Draws without a window, from when the core has told what a page is about. */
fun still(glass: Glass, told: () -> Boolean = { true }, content: @Composable () -> Unit): Image {
    val scene = ImageComposeScene(
        glass.pixels.width.toInt(), glass.pixels.height.toInt(), glass.density, content = content,
    )
    try {
        scene.render(0)
        until("the core told of the page") { told().orNull() ?: scene.render(0).let { null } }
        for (frame in 1..<FRAMES) {
            Thread.sleep(4)
            // Where nothing changed since the last frame there is nothing to draw.
            if (scene.hasInvalidations()) scene.render(frame * FRAME_NS)
        }
        return scene.render(FRAMES * FRAME_NS)
    } finally {
        scene.close()
    }
}

/** All pictures of a folder on one, a quarter of their size, to be looked at together. */
fun sheet(name: String) {
    val files = File(folder, name).listFiles { it -> it.extension == "png" }!!.sorted()
    val (width, height) = SHEET_CELL
    val rows = (files.size + SHEET_ACROSS - 1) / SHEET_ACROSS
    val bitmap = Bitmap().apply { allocN32Pixels(width * SHEET_ACROSS, height * rows) }
    val canvas = Canvas(bitmap).apply { clear(0xFF808080.toInt()) }
    files.forEachIndexed { at, file ->
        val picture = Image.makeFromEncoded(file.readBytes())
        val scale = minOf((width - 8f) / picture.width, (height - 8f) / picture.height)
        val (left, top) = at % SHEET_ACROSS * width + 4f to at / SHEET_ACROSS * height + 4f
        val cell = Rect.makeXYWH(left, top, picture.width * scale, picture.height * scale)
        canvas.drawImageRect(picture, Rect.makeWH(picture.width.toFloat(), picture.height.toFloat()), cell)
    }
    save("$name-sheet", Image.makeFromBitmap(bitmap))
}

/** Pixels of a picture on the sheet, and how many stand in a row. */
private val SHEET_CELL = 214 to 438
private const val SHEET_ACROSS = 12
