package cn.linli.ci

import org.jetbrains.skia.Font
import org.jetbrains.skia.FontMgr
import org.jetbrains.skia.FontStyle
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

/** Guards the pictures: Chinese must not come out as boxes, nor in Japanese shapes. */
class FontTest {
    @Test
    fun `Chinese falls back to the simplified shapes`() {
        val face = FontMgr.default.matchFamilyStyleCharacter("sans-serif", FontStyle.NORMAL, null, '直'.code)
        assertEquals("Noto Sans CJK SC", face?.familyName, "run the tests by shell_android/test.sh, which fetches the fonts")
        assertEquals(0, Font(face).getStringGlyphs("报修离线漏水受理").count { it == 0.toShort() }, "a box")
    }
}
