package cn.linli.screens.repairs

import androidx.compose.foundation.Image
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.rounded.Close
import androidx.compose.material.icons.rounded.Image
import androidx.compose.material.icons.rounded.Mic
import androidx.compose.material.icons.rounded.PhotoCamera
import androidx.compose.material.icons.rounded.PhotoLibrary
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.layout.ContentScale
import androidx.compose.ui.unit.dp
import cn.linli.app.Recording
import cn.linli.core.Attachment
import cn.linli.core.Draft
import cn.linli.core.UiEvent
import cn.linli.look.GhostButton
import cn.linli.look.Line
import cn.linli.look.LocalPictures
import cn.linli.look.Phrase
import cn.linli.look.PlainIcon
import cn.linli.look.QuietButton
import cn.linli.look.Radius
import cn.linli.look.Say
import cn.linli.look.Space
import cn.linli.look.Word
import cn.linli.look.look
import cn.linli.look.say
import cn.linli.look.stacked
import cn.linli.screens.At
import java.io.File

private val PHOTO_HEIGHT = 280.dp

/** Photos and voice notes of a draft, and how to add one. */
@Composable
fun Attachments(at: At, name: String, draft: Draft) = Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
    draft.attachments.forEachIndexed { number, attachment ->
        Row(Modifier.fillMaxWidth(), verticalAlignment = Alignment.CenterVertically) {
            Column(Modifier.weight(1f)) { AttachmentLine(at, attachment, number + 1, draft.attachments.size) }
            PlainIcon(Icons.Rounded.Close, say(Word.REPORT_PHOTO_REMOVE)) {
                at.send(UiEvent.Detach(name, number.toUInt()))
            }
        }
    }
    fun attach(voice: Boolean, file: File?) {
        if (file != null) at.send(UiEvent.Attach(name, voice, file.path))
    }
    if (stacked || look.elder) {
        PhotoButton(at, name, Modifier, ::attach)
        VoiceButton(at, Modifier, ::attach)
    } else {
        Row(horizontalArrangement = Arrangement.spacedBy(look.targets.gap)) {
            PhotoButton(at, name, Modifier.weight(1f), ::attach)
            VoiceButton(at, Modifier.weight(1f), ::attach)
        }
    }
    QuietButton(say(Word.REPORT_GALLERY), Icons.Rounded.PhotoLibrary) { at.tools.pickPhoto(name) { attach(false, it) } }
}

@Composable
private fun PhotoButton(at: At, draft: String, modifier: Modifier, attach: (Boolean, File?) -> Unit) =
    GhostButton(say(Word.REPORT_PHOTO), Icons.Rounded.PhotoCamera, modifier) {
        at.tools.takePhoto(draft) { attach(false, it) }
    }

@Composable
private fun VoiceButton(at: At, modifier: Modifier, attach: (Boolean, File?) -> Unit) {
    var recording by remember { mutableStateOf<Recording?>(null) }
    val word = if (recording == null) Word.REPORT_VOICE else Word.REPORT_VOICE_STOP
    GhostButton(say(word), Icons.Rounded.Mic, modifier) {
        val running = recording
        if (running == null) {
            at.tools.recordVoice { recording = it }
        } else {
            attach(true, running.stop())
            recording = null
        }
    }
}

/** A photo opens where it stands; one that is not here yet says so. */
@Composable
fun AttachmentLine(at: At, attachment: Attachment, number: Int, count: Int) {
    var open by remember { mutableStateOf(false) }
    val picture = at.linli.picture.now.collectAsState().value
    val word = if (attachment.voice) say(Word.DETAIL_VOICE) else say(Phrase.detailPhotoNumber("$number", "$count"))
    Line(word, if (attachment.voice) Icons.Rounded.Mic else Icons.Rounded.Image, onClick = {
        open = !open
        at.send(UiEvent.Look(attachment.id.takeIf { open }))
    })
    val bytes = picture?.takeIf { open && !attachment.voice }
    val decode = LocalPictures.current
    val image = remember(bytes) { bytes?.let { decode(it, attachment.turn.toInt()) } }
    if (image != null) {
        Image(
            image, word, Modifier.fillMaxWidth().heightIn(max = PHOTO_HEIGHT).clip(RoundedCornerShape(Radius.small)),
            contentScale = ContentScale.Crop,
        )
    } else if (open && !attachment.voice) {
        Say(
            say(Word.DETAIL_PHOTO_WAITS), look.type.quiet, look.colors.textQuiet,
            Modifier.padding(start = Space.l, end = Space.l, bottom = Space.m),
        )
    }
}
