package cn.linli.screens.people

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.items
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.rounded.Elderly
import androidx.compose.material.icons.rounded.Group
import androidx.compose.material.icons.rounded.PersonAdd
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import cn.linli.app.Route
import cn.linli.core.Applicant
import cn.linli.core.EndReason
import cn.linli.core.Person
import cn.linli.core.RevokeReason
import cn.linli.core.UiEvent
import cn.linli.look.Card
import cn.linli.look.Empty
import cn.linli.look.Field
import cn.linli.look.GhostButton
import cn.linli.look.MainButton
import cn.linli.look.Option
import cn.linli.look.Phrase
import cn.linli.look.Say
import cn.linli.look.Section
import cn.linli.look.Space
import cn.linli.look.TopBar
import cn.linli.look.Word
import cn.linli.look.look
import cn.linli.look.say
import cn.linli.screens.At
import cn.linli.screens.Page
import cn.linli.screens.SEARCH_MS
import cn.linli.screens.join.grouped
import kotlinx.coroutines.delay

/** Who wants to come in, and who is here. */
@Composable
fun PeopleScreen(at: At) {
    val people = at.linli.people.now.collectAsState().value
    var search by rememberSaveable { mutableStateOf("") }
    LaunchedEffect(search) {
        delay(if (search.isEmpty()) 0 else SEARCH_MS)
        at.send(UiEvent.People(search, null, 0u))
    }
    DisposableEffect(Unit) { onDispose { at.send(UiEvent.HidePeople) } }
    val waiting = people.applicants.filter { !it.decided }
    Page(at) {
        item { TopBar(say(Word.PEOPLE_TITLE)) }
        if (waiting.isNotEmpty()) item { Section(say(Word.PEOPLE_APPLICATIONS), "${waiting.size}") }
        items(waiting, key = { it.invite }) { ApplicantCard(at, it) }
        if (people.inviting.isNotEmpty()) {
            item { GhostButton(say(Word.PEOPLE_INVITE), Icons.Rounded.PersonAdd) { at.open(Route.Invite) } }
        }
        if (people.registering.isNotEmpty()) {
            item { GhostButton(say(Word.PEOPLE_REGISTER), Icons.Rounded.Elderly) { at.open(Route.Register) } }
        }
        item { Section(say(Word.PEOPLE_MEMBERS), "${people.total}") }
        item { Field(search, say(Word.REPAIRS_SEARCH_HINT)) { search = it } }
        if (people.people.isEmpty()) item { Empty(Icons.Rounded.Group, say(Word.NOTHING_FOUND)) }
        items(people.people, key = { it.person }) { PersonCard(at, it) }
        val end = people.offset + people.people.size.toUInt()
        if (end < people.total) item { GhostButton(say(Word.MORE)) { at.send(UiEvent.People(search, null, end)) } }
    }
}

/** The digits first: nobody is let in before they were compared face to face. */
@Composable
private fun ApplicantCard(at: At, applicant: Applicant) = Card {
    var who by remember { mutableStateOf(applicant.who.singleOrNull()) }
    Column(Modifier.padding(Space.l), Arrangement.spacedBy(Space.m)) {
        Say(say(Phrase.peopleWants(applicant.name, "${applicant.roleText} ${applicant.scopeText}")), look.type.bodyStrong)
        (applicant.staffTexts + listOfNotNull(applicant.untilText)).forEach { Say(it, look.type.quiet) }
        val code = applicant.code ?: return@Column
        Say(say(Word.PEOPLE_COMPARE), look.type.quiet, look.colors.textQuiet)
        Say(grouped(code), look.type.figureLarge)
        Say(say(Word.PEOPLE_FACE_TO_FACE), look.type.quiet, look.colors.textQuiet)
        if (!applicant.mayDecide) return@Column
        if (applicant.who.size > 1) applicant.who.forEach { choice -> Option(choice.text, who == choice) { who = choice } }
        MainButton(say(Word.PEOPLE_APPROVE), enabled = who != null) {
            who?.let { at.send(UiEvent.Approve(applicant.invite, it.who)) }
        }
        GhostButton(say(Word.PEOPLE_REFUSE)) { at.send(UiEvent.RefuseApplication(applicant.invite)) }
    }
}

@Composable
private fun PersonCard(at: At, person: Person) = Card {
    Column(Modifier.padding(Space.l), Arrangement.spacedBy(Space.s)) {
        person.duties.forEach { duty ->
            Say("${duty.roleText} ${duty.scopeText} · ${duty.stateText}", look.type.bodyStrong)
            (duty.staffTexts + listOfNotNull(duty.untilText)).forEach { Say(it, look.type.quiet) }
            if (duty.mayEnd && !person.own) {
                Surely(say(Word.PEOPLE_WITHDRAW), say(Word.PEOPLE_WITHDRAW_ABOUT)) {
                    at.send(UiEvent.EndDuty(person.person, duty.role, duty.scope, EndReason.RELIEVED))
                }
            }
        }
        Say(person.short, look.type.quiet, look.colors.textQuiet)
        person.devices.filter { it.mayRevoke && !it.own }.forEach { device ->
            Say(device.numberText, look.type.quiet)
            Surely(say(Word.PEOPLE_LOST), say(Word.PEOPLE_REVOKE_ABOUT)) {
                at.send(UiEvent.Revoke(device.device, RevokeReason.LOST))
            }
        }
        if (person.devices.isNotEmpty() && person.devices.all { it.ended }) {
            Say(say(Word.PEOPLE_REVOKED), look.type.quiet, look.colors.bad)
        }
    }
}

/** What cannot be undone is asked for twice, with what it means. */
@Composable
private fun Surely(word: String, about: String, go: () -> Unit) {
    var asked by remember { mutableStateOf(false) }
    if (!asked) return GhostButton(word) { asked = true }
    Say(about, look.type.body)
    MainButton(say(Word.PEOPLE_SURELY)) {
        asked = false
        go()
    }
    GhostButton(say(Word.CANCEL)) { asked = false }
}
