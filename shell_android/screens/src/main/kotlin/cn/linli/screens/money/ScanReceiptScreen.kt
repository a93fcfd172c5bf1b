package cn.linli.screens.money

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.rounded.QrCodeScanner
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import cn.linli.core.ScannedReceipt
import cn.linli.look.Card
import cn.linli.look.DoorPlate
import cn.linli.look.Field
import cn.linli.look.GhostButton
import cn.linli.look.MainButton
import cn.linli.look.Notice
import cn.linli.look.Say
import cn.linli.look.Space
import cn.linli.look.Sum
import cn.linli.look.TopBar
import cn.linli.look.Word
import cn.linli.look.icon
import cn.linli.look.inks
import cn.linli.look.look
import cn.linli.look.say
import cn.linli.look.stacked
import cn.linli.screens.At
import cn.linli.screens.Page

/** Whether a receipt is genuine, told without a net; the payer keeps it. */
@Composable
fun ScanReceiptScreen(at: At) {
    var code by rememberSaveable { mutableStateOf("") }
    var began by rememberSaveable { mutableStateOf(false) }
    val scanned = openMoney(at, scanned = code.takeIf { it.isNotBlank() }).scanned.takeIf { code.isNotBlank() }
    fun scan() = at.tools.scanQr { read -> read?.let { code = it } }
    LaunchedEffect(Unit) {
        if (!began) scan()
        began = true
    }
    val main = scanned?.actions?.find { it.main }
    val again = @Composable {
        if (main == null) {
            MainButton(say(Word.MONEY_SCAN), icon = Icons.Rounded.QrCodeScanner, onClick = ::scan)
        } else {
            GhostButton(say(Word.MONEY_SCAN), Icons.Rounded.QrCodeScanner, onClick = ::scan)
        }
    }
    Page(at, bottom = {
        if (main != null) MainButton(main.text) {
            at.take(main, scanned.subject)
            at.back()
        }
        again()
    }) {
        item { TopBar(say(Word.MONEY_SCANNED), at::back) }
        if (scanned != null) item { Found(scanned) }
        // What a camera cannot read is pasted.
        if (scanned == null || scanned.unit.isEmpty()) {
            item { Field(code, say(Word.MONEY_PASTE), lines = 2) { code = it } }
        }
    }
}

/** How it stands first, and large: that is what was asked. */
@Composable
private fun Found(receipt: ScannedReceipt) {
    val (ink, ground) = receipt.chip.tone.inks(look.colors)
    Column(verticalArrangement = Arrangement.spacedBy(Space.m)) {
        Notice(receipt.chip.sign.icon(), receipt.chip.text, ink, ground) {}
        if (receipt.unit.isEmpty()) return@Column
        Card {
            Column(Modifier.padding(Space.l), Arrangement.spacedBy(Space.s)) {
                DoorPlate(receipt.unit, own = true)
                Sum(receipt.sumText, if (stacked) look.type.figureLarge else look.type.figureHero)
                Say(receipt.number, look.type.bodyStrong)
                Say(receipt.howText, look.type.quiet, look.colors.textQuiet)
            }
        }
    }
}
