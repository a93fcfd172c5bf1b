package cn.linli.screens.money

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.rounded.ExpandLess
import androidx.compose.material.icons.rounded.ExpandMore
import androidx.compose.material.icons.rounded.QrCode2
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import cn.linli.core.Action
import cn.linli.core.BillCard
import cn.linli.core.BillLine
import cn.linli.core.PaperCard
import cn.linli.core.ReceiptCode
import cn.linli.look.Card
import cn.linli.look.GhostButton
import cn.linli.look.Qr
import cn.linli.look.QuietButton
import cn.linli.look.Say
import cn.linli.look.Space
import cn.linli.look.StatusChip
import cn.linli.look.Sum
import cn.linli.look.SumAnd
import cn.linli.look.Word
import cn.linli.look.look
import cn.linli.look.say
import cn.linli.look.stacked

/** What it is and how much, to the ends of a line; in large letters under each other. */
@Composable
fun NameAndSum(name: String, sum: String) {
    val whole = Modifier.fillMaxWidth().padding(vertical = Space.xs).semantics(mergeDescendants = true) {}
    if (stacked) {
        Column(whole) {
            Say(name)
            Sum(sum)
        }
    } else {
        Row(whole, Arrangement.spacedBy(Space.s), Alignment.CenterVertically) {
            Say(name, modifier = Modifier.weight(1f))
            Sum(sum)
        }
    }
}

/** A bill, and why it is that. */
@Composable
fun Bill(bill: BillCard) = Card {
    var open by remember { mutableStateOf(false) }
    Column(Modifier.padding(Space.l), Arrangement.spacedBy(Space.xs)) {
        Say(bill.title, look.type.bodyStrong)
        SumAnd(bill.leftText) { StatusChip(bill.chip) }
        val whole = bill.totalText.takeIf { it != bill.leftText }
        Say(listOfNotNull(whole, bill.dueText).joinToString(" · "), look.type.quiet, look.colors.textQuiet)
        bill.lateText?.let { Say(it, look.type.quiet, look.colors.bad) }
        bill.limitationText?.let { Say(it, look.type.quiet, look.colors.textQuiet) }
        bill.withdrawnText?.let { Say(it, look.type.quiet) }
        if (open) bill.lines.forEach { Reason(it) }
        val icon = if (open) Icons.Rounded.ExpandLess else Icons.Rounded.ExpandMore
        QuietButton(say(Word.MONEY_WHY), icon) { open = !open }
    }
}

@Composable
private fun Reason(line: BillLine) = Column {
    NameAndSum("${line.charge} · ${line.month}", line.sumText)
    Say(line.why, look.type.quiet, look.colors.textQuiet)
}

/** A receipt or refund; a receipt's code can be shown again. */
@Composable
fun Paper(paper: PaperCard, code: ReceiptCode?, onCode: () -> Unit, onAct: (Action) -> Unit) = Card {
    Column(Modifier.padding(Space.l), Arrangement.spacedBy(Space.xs)) {
        SumAnd(paper.sumText) { StatusChip(paper.chip) }
        if (paper.number.isNotEmpty()) Say(paper.number, look.type.label)
        Say(paper.howText, look.type.quiet, look.colors.textQuiet)
        paper.notes.forEach { Say(it, look.type.quiet) }
        paper.deliveryChip?.let { StatusChip(it) }
        if (code != null) Code(code)
        if (paper.number.isNotEmpty()) QuietButton(say(Word.MONEY_SHOW_CODE), Icons.Rounded.QrCode2, onCode)
        paper.actions.forEach { action -> GhostButton(action.text) { onAct(action) } }
    }
}

/** What the payer scans, large, and what they paid. */
@Composable
fun Code(code: ReceiptCode, modifier: Modifier = Modifier) = Column(
    modifier.fillMaxWidth(), Arrangement.spacedBy(Space.xs), Alignment.CenterHorizontally,
) {
    Sum(code.sumText, look.type.figureLarge)
    Say(code.capitalsText, look.type.quiet, look.colors.textQuiet, align = TextAlign.Center)
    Say("${code.unit} · ${code.number}", look.type.quiet, look.colors.textQuiet, align = TextAlign.Center)
    Qr(code.code, say(Word.MONEY_KEEP_CODE))
    Say(say(Word.MONEY_KEEP_CODE), look.type.bodyStrong, align = TextAlign.Center)
    Say(say(Word.MONEY_KEEP_CODE_WHY), look.type.quiet, look.colors.textQuiet, align = TextAlign.Center)
}
