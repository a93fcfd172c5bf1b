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
import org.jetbrains.skia.Image
import java.io.File

private val folder = File(System.getProperty("linli.shots")).apply { mkdirs() }

/** A screen of a size in dp, two pixels a dp. */
data class Glass(
    val width: Int = 411,
    val height: Int = 860,
    val fontScale: Float = 1f,
    val dark: Boolean = false,
    val speech: Speech? = null,
) {
    val density = Density(2f, fontScale)
    val pixels = Size(width * 2f, height * 2f)
}

/** What a person's hands give to the app: the photo in front of the lens, the code that is scanned. */
class Hands : PhoneTools {
    override val invitation = MutableStateFlow<String?>(null)
    var photo: File? = null
    var file: File? = null
    var scanned: String? = null
    var spoken = ""

    override fun invitationTaken() {
        invitation.value = null
    }

    override fun takePhoto(done: (File?) -> Unit) = done(photo)

    override fun pickPhoto(done: (File?) -> Unit) = done(photo)

    override fun pickFile(done: (File?) -> Unit) = done(file)

    override fun recordVoice(started: (Recording?) -> Unit) = started(null)

    override fun scanQr(done: (String?) -> Unit) = done(scanned)

    override fun speak(text: String) {
        spoken = text
    }

    override fun stopSpeaking() = Unit

    override fun print(title: String, text: String) = Unit

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

/** Draws without a window. */
fun still(glass: Glass, content: @Composable () -> Unit): Image {
    val scene = ImageComposeScene(
        glass.pixels.width.toInt(), glass.pixels.height.toInt(), glass.density, content = content,
    )
    try {
        repeat(FRAMES) { frame ->
            scene.render(frame * 100_000_000L)
            Thread.sleep(4)
        }
        return scene.render(FRAMES * 100_000_000L)
    } finally {
        scene.close()
    }
}
