package cn.linli.android

import android.app.Activity
import android.content.Intent
import android.graphics.Color
import android.os.Bundle
import android.view.Gravity
import android.view.TextureView
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.widget.FrameLayout
import cn.linli.app.QrReader
import cn.linli.core.readQr
import java.nio.ByteBuffer

/** The core's own reader: no service of the platform is asked. */
val CoreReader = QrReader { luma, width, height ->
    val direct = ByteBuffer.allocateDirect(luma.size).also { it.duplicate().put(luma) }
    readQr(direct, width.toUInt(), height.toUInt())
}

/** Shows the camera until a code is read; going back gives none. */
class ScanActivity : Activity() {
    private lateinit var eye: Eye

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        val view = TextureView(this)
        eye = Eye(this, view, CoreReader, ::read) {
            (application as LinliApp).tell(R.string.not_possible)
            finish()
        }
        // Upright the camera's long side stands: the width is filled and nothing is stretched.
        val width = resources.displayMetrics.widthPixels
        val shown = FrameLayout.LayoutParams(width, width * eye.long / eye.short, Gravity.CENTER)
        val frame = FrameLayout(this).apply { setBackgroundColor(Color.BLACK) }
        frame.addView(view, shown)
        setContentView(frame, FrameLayout.LayoutParams(MATCH_PARENT, MATCH_PARENT))
    }

    override fun onResume() {
        super.onResume()
        eye.open()
    }

    override fun onPause() {
        eye.close()
        super.onPause()
    }

    private fun read(text: String) = runOnUiThread {
        setResult(RESULT_OK, Intent().putExtra(TEXT, text))
        finish()
    }

    companion object {
        const val TEXT = "text"
    }
}
