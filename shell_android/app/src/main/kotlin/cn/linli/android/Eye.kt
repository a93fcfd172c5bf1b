package cn.linli.android

import android.annotation.SuppressLint
import android.app.Activity
import android.graphics.ImageFormat
import android.graphics.SurfaceTexture
import android.hardware.camera2.CameraAccessException
import android.hardware.camera2.CameraCaptureSession
import android.hardware.camera2.CameraCharacteristics
import android.hardware.camera2.CameraDevice
import android.hardware.camera2.CameraManager
import android.hardware.camera2.CaptureRequest
import android.media.Image
import android.media.ImageReader
import android.os.Handler
import android.os.HandlerThread
import android.util.Size
import android.view.Surface
import android.view.TextureView
import cn.linli.app.QrReader
import java.nio.Buffer

/** Longest side of a picture that is searched: the densest invitation still has four dots a module. */
private const val SIDE_MAX = 1920
private val NO_SIZE = Size(4, 3)

/** The back camera: shown on [view], its pictures given to [reader] one at a time, until one holds a code. */
class Eye(
    private val activity: Activity,
    private val view: TextureView,
    private val reader: QrReader,
    private val read: (String) -> Unit,
    private val failed: () -> Unit,
) : TextureView.SurfaceTextureListener {
    private val cameras = activity.getSystemService(CameraManager::class.java)
    private val camera = find()
    private val size = camera?.let(::largest) ?: NO_SIZE
    private var thread: HandlerThread? = null
    private var device: CameraDevice? = null
    private var pictures: ImageReader? = null

    /** Touched by the camera's thread alone. */
    private var luma = ByteArray(0)

    @Volatile
    private var looking = false

    val long get() = maxOf(size.width, size.height)
    val short get() = minOf(size.width, size.height)

    fun open() {
        if (camera == null) return failed()
        looking = true
        view.surfaceTextureListener = this
        view.surfaceTexture?.let(::start)
    }

    fun close() {
        looking = false
        view.surfaceTextureListener = null
        device?.close()
        device = null
        thread?.quitSafely()
        thread?.join()
        thread = null
        pictures?.close()
        pictures = null
    }

    @SuppressLint("MissingPermission") // asked before the page is opened; who took it back since is told
    private fun start(texture: SurfaceTexture) {
        if (thread != null) return
        val worker = HandlerThread("linli-eye").apply { start() }
        thread = worker
        val handler = Handler(worker.looper)
        texture.setDefaultBufferSize(size.width, size.height)
        val reader = ImageReader.newInstance(size.width, size.height, ImageFormat.YUV_420_888, 2)
        reader.setOnImageAvailableListener({ it.acquireLatestImage()?.use(::search) }, handler)
        pictures = reader
        try {
            cameras.openCamera(camera!!, Opened(listOf(Surface(texture), reader.surface), handler), handler)
        } catch (_: CameraAccessException) {
            failed()
        } catch (_: SecurityException) {
            failed()
        }
    }

    private inner class Opened(private val onto: List<Surface>, private val handler: Handler) :
        CameraDevice.StateCallback() {
        override fun onOpened(opened: CameraDevice) = activity.runOnUiThread {
            if (looking) device = opened else return@runOnUiThread opened.close()
            try {
                @Suppress("DEPRECATION") // its successor came with Android 9
                opened.createCaptureSession(onto, Session(onto, handler), handler)
            } catch (_: CameraAccessException) {
                failed()
            }
        }

        override fun onDisconnected(opened: CameraDevice) = opened.close()

        override fun onError(opened: CameraDevice, error: Int) {
            opened.close()
            activity.runOnUiThread { if (looking) failed() }
        }
    }

    private inner class Session(private val onto: List<Surface>, private val handler: Handler) :
        CameraCaptureSession.StateCallback() {
        override fun onConfigured(session: CameraCaptureSession) {
            try {
                val request = session.device.createCaptureRequest(CameraDevice.TEMPLATE_PREVIEW)
                onto.forEach(request::addTarget)
                request.set(CaptureRequest.CONTROL_AF_MODE, CaptureRequest.CONTROL_AF_MODE_CONTINUOUS_PICTURE)
                session.setRepeatingRequest(request.build(), null, handler)
            } catch (_: CameraAccessException) {
                onConfigureFailed(session)
            } catch (_: IllegalStateException) {
                // Closed meanwhile.
            }
        }

        override fun onConfigureFailed(session: CameraCaptureSession) =
            activity.runOnUiThread { if (looking) failed() }
    }

    private fun search(picture: Image) {
        if (!looking) return
        val plane = picture.planes[0]
        if (luma.size != picture.width * picture.height) luma = ByteArray(picture.width * picture.height)
        val dots = plane.buffer
        // Rows may be padded.
        for (row in 0 until picture.height) {
            (dots as Buffer).position(row * plane.rowStride)
            dots.get(luma, row * picture.width, picture.width)
        }
        val text = reader.read(luma, picture.width, picture.height) ?: return
        looking = false
        read(text)
    }

    private fun find(): String? = try {
        val backs = cameras.cameraIdList.filter { trait(it, CameraCharacteristics.LENS_FACING) == BACK }
        backs.firstOrNull() ?: cameras.cameraIdList.firstOrNull()
    } catch (_: CameraAccessException) {
        null
    }

    private fun largest(id: String): Size? {
        val screen = activity.resources.displayMetrics
        // More than the screen has, old cameras do not promise beside a preview.
        val most = minOf(SIDE_MAX, maxOf(screen.widthPixels, screen.heightPixels))
        val sizes = trait(id, CameraCharacteristics.SCALER_STREAM_CONFIGURATION_MAP)
            ?.getOutputSizes(ImageFormat.YUV_420_888).orEmpty()
        return sizes.filter { maxOf(it.width, it.height) <= most }.maxByOrNull { it.width * it.height }
    }

    private fun <T> trait(id: String, key: CameraCharacteristics.Key<T>): T? = try {
        cameras.getCameraCharacteristics(id).get(key)
    } catch (_: CameraAccessException) {
        null
    }

    override fun onSurfaceTextureAvailable(texture: SurfaceTexture, width: Int, height: Int) = start(texture)

    override fun onSurfaceTextureSizeChanged(texture: SurfaceTexture, width: Int, height: Int) = Unit

    override fun onSurfaceTextureDestroyed(texture: SurfaceTexture) = true

    override fun onSurfaceTextureUpdated(texture: SurfaceTexture) = Unit

    private companion object {
        const val BACK = CameraCharacteristics.LENS_FACING_BACK
    }
}
