package cn.linli.screens.people

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.rounded.Print
import androidx.compose.material.icons.rounded.Share
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import cn.linli.core.Offer
import cn.linli.core.UiEvent
import cn.linli.look.Card
import cn.linli.look.GhostButton
import cn.linli.look.MainButton
import cn.linli.look.Option
import cn.linli.look.Qr
import cn.linli.look.QuietButton
import cn.linli.look.Say
import cn.linli.look.Section
import cn.linli.look.Space
import cn.linli.look.TopBar
import cn.linli.look.Word
import cn.linli.look.look
import cn.linli.look.say
import cn.linli.screens.Answered
import cn.linli.screens.At
import cn.linli.screens.Page
import cn.linli.screens.asks
import cn.linli.screens.rememberAnswered

/** As what somebody comes in; then the code to scan. */
@Composable
fun InviteScreen(at: At) {
    val people = at.linli.people.now.collectAsState().value
    val invitation = at.frame.invitation
    if (invitation != null) return InvitationPage(at, invitation)
    OfferPage(at, Word.PEOPLE_INVITE, Word.PEOPLE_INVITE_MAKE, people.inviting) { offer, answered ->
        at.send(UiEvent.InviteAs(offer.word, answered.answers()))
    }
}

/** A person without a phone, for whom others act. */
@Composable
fun RegisterScreen(at: At) {
    val people = at.linli.people.now.collectAsState().value
    OfferPage(at, Word.PEOPLE_REGISTER, Word.PEOPLE_REGISTER_GO, people.registering) { offer, answered ->
        at.send(UiEvent.RegisterAs(offer.word, answered.answers()))
        at.back()
    }
}

@Composable
private fun OfferPage(at: At, title: Word, go: Word, offers: List<Offer>, take: (Offer, Answered) -> Unit) {
    var chosen by rememberSaveable { mutableStateOf<String?>(null) }
    val offer = offers.find { it.word == chosen }
    val answered = rememberAnswered(chosen.orEmpty(), offer?.asks.orEmpty())
    Page(at, bottom = {
        MainButton(say(go), enabled = offer != null && answered.complete) { if (offer != null) take(offer, answered) }
    }) {
        item { TopBar(say(title), at::back) }
        roles(offers, chosen) { chosen = it }
        if (offer != null) asks(offer.asks, answered)
    }
}

/** The chosen one stands alone, until it is tapped again. */
private fun LazyListScope.roles(offers: List<Offer>, chosen: String?, onChoose: (String?) -> Unit) {
    item { Section(say(Word.PEOPLE_AS_WHAT)) }
    item {
        Column(verticalArrangement = Arrangement.spacedBy(look.targets.gap)) {
            offers.filter { chosen == null || it.word == chosen }.forEach { offer ->
                Option(offer.text, offer.word == chosen) { onChoose(offer.word.takeIf { it != chosen }) }
            }
        }
    }
}

@Composable
private fun InvitationPage(at: At, invitation: String) = Page(at, bottom = {
    MainButton(say(Word.PEOPLE_INVITE_SHARE), icon = Icons.Rounded.Share) { at.send(UiEvent.ShareInvitation) }
    GhostButton(say(Word.PEOPLE_INVITE_DONE)) {
        at.send(UiEvent.CloseInvitation)
        at.back()
    }
}) {
    item { TopBar(say(Word.PEOPLE_INVITE), at::back) }
    item {
        Card {
            Column(
                Modifier.fillMaxWidth().padding(Space.l), Arrangement.spacedBy(Space.m), Alignment.CenterHorizontally,
            ) {
                Qr(invitation, say(Word.PEOPLE_INVITE_SHOW))
                Say(say(Word.PEOPLE_INVITE_SHOW), look.type.bodyStrong)
                at.frame.invitationText?.let { Say(it, look.type.quiet, look.colors.textQuiet) }
                val title = say(Word.PEOPLE_INVITE)
                QuietButton(say(Word.PEOPLE_INVITE_PRINT), Icons.Rounded.Print) { at.tools.print(title, invitation) }
            }
        }
    }
}
