package cn.linli.ci

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.rounded.Handyman
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import cn.linli.core.Chip
import cn.linli.core.Choice
import cn.linli.core.ClockBar
import cn.linli.core.ClockMark
import cn.linli.core.RepairVersion
import cn.linli.core.Sign
import cn.linli.core.Tone
import cn.linli.look.Card
import cn.linli.look.ClockBarCard
import cn.linli.look.ConflictCard
import cn.linli.look.DoorPlate
import cn.linli.look.Empty
import cn.linli.look.GhostButton
import cn.linli.look.Line
import cn.linli.look.LinliTheme
import cn.linli.look.MainButton
import cn.linli.look.RefusalCard
import cn.linli.look.ShortOptions
import cn.linli.look.Space
import cn.linli.look.StatusChip
import cn.linli.look.UndoBar
import cn.linli.look.look
import org.jetbrains.skia.Bitmap
import org.jetbrains.skia.Image
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.File
import kotlin.math.abs

/**
 * The pieces that every page is made of, with data that never changes, against the pictures in `goldens`.
 *
 * `test.sh -Dtest=GoldenTest -Dlinli.refresh=true` draws them anew; then they are looked at.
 */
class GoldenTest {
    @Test
    fun light() = compare("light", elder = false, dark = false, scale = 1f)

    @Test
    fun dark() = compare("dark", elder = false, dark = true, scale = 1f)

    @Test
    fun elder() = compare("elder", elder = true, dark = false, scale = 1f)

    @Test
    fun large() = compare("large", elder = false, dark = false, scale = 2f)

    @Test
    fun `the comparison sees a moved letter and forgives a shade`() {
        val drawn = picture(elder = false, dark = false, scale = 1f)
        val other = picture(elder = false, dark = true, scale = 1f)
        assertTrue(farthest(drawn, drawn) == 0)
        assertTrue(farthest(drawn, other) > FORGIVEN)
    }

    private fun compare(name: String, elder: Boolean, dark: Boolean, scale: Float) {
        val drawn = picture(elder, dark, scale)
        val golden = File(System.getProperty("linli.root"), "shell_android/ci/goldens/$name.png")
        if (System.getProperty("linli.refresh") != null) {
            golden.apply { parentFile.mkdirs() }.writeBytes(drawn.encodeToData()!!.bytes)
        }
        val kept = Image.makeFromEncoded(golden.readBytes())
        save("goldens/$name", drawn)
        val far = farthest(kept, drawn)
        assertTrue(far <= FORGIVEN, "$name differs by $far; drawn in target/android/pictures/goldens")
    }

    private fun picture(elder: Boolean, dark: Boolean, scale: Float): Image {
        val glass = Glass(height = if (elder || scale > 1f) 2400 else 1500, fontScale = scale, dots = 1f)
        return still(glass) { LinliTheme("zh", elder, dark) { Pieces() } }
    }

    /** The largest difference of brightness between two blocks: letters that moved are seen, their edges not. */
    private fun farthest(one: Image, other: Image): Int {
        if (one.width != other.width || one.height != other.height) return Int.MAX_VALUE
        val (first, second) = blocks(one) to blocks(other)
        return first.indices.maxOf { abs(first[it] - second[it]) }
    }

    private fun blocks(image: Image): List<Int> {
        val bitmap = Bitmap.makeFromImage(image)
        return (0 until image.height / BLOCK).flatMap { down ->
            (0 until image.width / BLOCK).map { across ->
                (0 until BLOCK * BLOCK).sumOf { at ->
                    val color = bitmap.getColor(across * BLOCK + at % BLOCK, down * BLOCK + at / BLOCK)
                    (color shr 16 and 255) * 3 + (color shr 8 and 255) * 6 + (color and 255)
                } / (BLOCK * BLOCK * 10)
            }
        }
    }

    private companion object {
        /** Side of a block (pixels), and how much brighter or darker it may be, of 255. */
        const val BLOCK = 8
        const val FORGIVEN = 20
    }
}

@Composable
private fun Pieces() = Column(
    Modifier.fillMaxSize().background(look.colors.background).padding(Space.l), Arrangement.spacedBy(Space.m),
) {
    DoorPlate("3-2-501", own = true)
    listOf(Tone.PLAIN, Tone.GOOD, Tone.WARN, Tone.BAD, Tone.PENDING, Tone.CONFLICT, Tone.ACCENT)
        .zip(listOf(Sign.REPAIR, Sign.DONE, Sign.WAITS, Sign.LATE, Sign.PHONE, Sign.VERSIONS, Sign.WORKER))
        .forEach { (tone, sign) -> StatusChip(Chip(tone, sign, "等您确认")) }
    Card { Line("楼道灯不亮", Icons.Rounded.Handyman, "13:20", {}) { StatusChip(Chip(Tone.BAD, Sign.LATE, "超时 2 小时")) } }
    ClockBarCard(
        ClockBar("修复时限 · 超时 2 小时", "今天 18:20 前", true, 1000u, listOf(ClockMark("报修", 0u, true), ClockMark("该修好", 1000u, false))),
    )
    ConflictCard(
        listOf(
            RepairVersion("1", "物业 535c", "22:41", "不予受理", "闭门器归厂家"),
            RepairVersion("2", "您", "22:41", "位置已核实", null),
        ),
        chosen = null,
    ) {}
    ShortOptions(listOf(Choice("1", "户内 3-2-501"), Choice("2", "3号楼2单元")), "2") {}
    Empty(Icons.Rounded.Handyman, "还没人报修，都好好的", "我要报修")
    RefusalCard("没有这个楼栋、房号或设备。") {}
    UndoBar {}
    MainButton("先选一个", enabled = false) {}
    GhostButton("念给我听") {}
}
