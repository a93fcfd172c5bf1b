package cn.linli.look

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import cn.linli.core.drawQr

private val LARGEST = 320.dp

/** A text as a QR code: dark on light also at night, or cameras do not find it. */
@Composable
fun Qr(text: String, label: String) {
    val code = remember(text) { drawQr(text) } ?: return
    val side = code.side.toInt()
    Canvas(
        Modifier.widthIn(max = LARGEST).fillMaxWidth().background(Color.White, RoundedCornerShape(Radius.small))
            .padding(Space.l).aspectRatio(1f).semantics {
                contentDescription = label
                role = Role.Image
            },
    ) {
        val dot = size.width / side
        code.modules.forEachIndexed { at, module ->
            val corner = Offset(at % side * dot, at / side * dot)
            if (module.toInt() != 0) drawRect(Color.Black, corner, Size(dot + OVERLAP, dot + OVERLAP))
        }
    }
}

/** Without it hairlines stay between the dots (pixels). */
private const val OVERLAP = 0.5f
