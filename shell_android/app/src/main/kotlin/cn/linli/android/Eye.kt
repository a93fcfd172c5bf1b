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
    private val size = camera?.let(::largest) ?: Size(4, 3)
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
        looking = true
        view.surfaceTextureListener = this
        view.surfaceTexture?.let(::start)
    }

    fun close() {
        looking = false
        view.surfaceTextureListener = null
        device?.close()
        thread?.quitSafely()
        thread?.join()
        pictures?.close()
        device = null
        thread = null
        pictures = null
    }

    /** From whatever thread; once it is closed, nobody waits for it. */
    private fun fail() = activity.runOnUiThread { if (looking) failed() }

    @SuppressLint("MissingPermission") // asked before the page is opened; who took it back since is told
    private fun start(texture: SurfaceTexture) {
        if (thread != null) return
        val worker = HandlerThread("linli-eye").apply { start() }
        val handler = Handler(worker.looper)
        val reader = ImageReader.newInstance(size.width, size.height, ImageFormat.YUV_420_888, 2)
        reader.setOnImageAvailableListener({ it.acquireLatestImage()?.use(::search) }, handler)
        texture.setDefaultBufferSize(size.width, size.height)
        thread = worker
        pictures = reader
        val opened = Opened(listOf(Surface(texture), reader.surface), handler)
        try {
            cameras.openCamera(camera ?: return fail(), opened, handler)
        } catch (_: CameraAccessException) {
            fail()
        } catch (_: SecurityException) {
            fail()
        }
    }

    private inner class Opened(val onto: List<Surface>, val handler: Handler) : CameraDevice.StateCallback() {
        override fun onOpened(opened: CameraDevice) = activity.runOnUiThread {
            if (looking) device = opened else return@runOnUiThread opened.close()
            try {
                @Suppress("DEPRECATION") // its successor came with Android 9
                opened.createCaptureSession(onto, Session(onto, handler), handler)
            } catch (_: CameraAccessException) {
                fail()
            }
        }

        override fun onDisconnected(opened: CameraDevice) = opened.close()

        override fun onError(opened: CameraDevice, error: Int) {
            opened.close()
            fail()
        }
    }

    private inner class Session(val onto: List<Surface>, val handler: Handler) : CameraCaptureSession.StateCallback() {
        override fun onConfigured(session: CameraCaptureSession) {
            try {
                val request = session.device.createCaptureRequest(CameraDevice.TEMPLATE_PREVIEW)
                onto.forEach(request::addTarget)
                request.set(CaptureRequest.CONTROL_AF_MODE, CaptureRequest.CONTROL_AF_MODE_CONTINUOUS_PICTURE)
                session.setRepeatingRequest(request.build(), null, handler)
            } catch (_: CameraAccessException) {
                fail()
            } catch (_: IllegalStateException) {
                // Closed meanwhile.
            }
        }

        override fun onConfigureFailed(session: CameraCaptureSession) = fail()
    }

    private fun search(picture: Image) {
        if (!looking) return
        val plane = picture.planes[0]
        val dots = plane.buffer
        if (luma.size != picture.width * picture.height) luma = ByteArray(picture.width * picture.height)
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
        val back = cameras.cameraIdList.find {
            trait(it, CameraCharacteristics.LENS_FACING) == CameraCharacteristics.LENS_FACING_BACK
        }
        back ?: cameras.cameraIdList.firstOrNull()
    } catch (_: CameraAccessException) {
        null
    }

    private fun largest(id: String): Size? = try {
        val screen = activity.resources.displayMetrics
        // More than the screen has, old cameras do not promise beside a preview.
        val most = minOf(SIDE_MAX, maxOf(screen.widthPixels, screen.heightPixels))
        val sizes = trait(id, CameraCharacteristics.SCALER_STREAM_CONFIGURATION_MAP)
        sizes?.getOutputSizes(ImageFormat.YUV_420_888).orEmpty()
            .filter { maxOf(it.width, it.height) <= most }.maxByOrNull { it.width * it.height }
    } catch (_: CameraAccessException) {
        null
    }

    private fun <T> trait(id: String, key: CameraCharacteristics.Key<T>): T? =
        cameras.getCameraCharacteristics(id).get(key)

    override fun onSurfaceTextureAvailable(texture: SurfaceTexture, width: Int, height: Int) = start(texture)

    override fun onSurfaceTextureSizeChanged(texture: SurfaceTexture, width: Int, height: Int) = Unit

    override fun onSurfaceTextureDestroyed(texture: SurfaceTexture) = true

    override fun onSurfaceTextureUpdated(texture: SurfaceTexture) = Unit
}
