package cn.linli.look

import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.SolidColor
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.graphics.vector.PathNode
import androidx.compose.ui.graphics.vector.addPathNodes
import androidx.compose.ui.unit.dp

private const val LEFT = "M100 404V202A94 94 0 0 1 288 202V404Z"
private const val RIGHT = "M224 404V266A94 94 0 0 1 412 266V404Z"
private val RIGHT_INK = Color(0xFF7FB4BD)

/** Two doors side by side; where they meet there is light. The drawing is `shared/look/wordmark.svg`. */
fun mark(leftInk: Color, lamp: Color): ImageVector {
    val (left, right) = addPathNodes(LEFT) to addPathNodes(RIGHT)
    return ImageVector.Builder("mark", 48.dp, 48.dp, 512f, 512f).run {
        door(right, RIGHT_INK)
        door(left, leftInk)
        addGroup(clipPathData = left)
        door(right, lamp)
        clearGroup()
        build()
    }
}

private fun ImageVector.Builder.door(path: List<PathNode>, ink: Color) = addPath(path, fill = SolidColor(ink))
