package cn.linli.ci

import cn.linli.app.Linli
import cn.linli.app.Platform
import cn.linli.app.Slice
import cn.linli.core.Answer
import cn.linli.core.Config
import cn.linli.core.HostAnswer
import cn.linli.core.HostRequest
import cn.linli.core.Phase
import cn.linli.core.UiEvent
import java.io.File
import java.nio.file.Files

private const val TOKEN = "an-operator-token-for-tests"

/** The relay's own program, on a free port of this machine. */
class Relay(private val data: File) : AutoCloseable {
    private val process = ProcessBuilder(
        System.getProperty("linli.program"), "relay",
        "--listen", "127.0.0.1:0", "--data", data.path, "--operator-token", TOKEN,
    ).redirectError(File(data.apply { mkdirs() }, "relay.log")).start()
    val url: String = process.inputReader().readLine().substringAfter("listening on ").trim()

    override fun close() {
        process.destroyForcibly().waitFor()
    }
}

/** A phone: the real core in a folder of its own. */
class Phone(val name: String, private val folder: File, relay: String, private val undoMs: UInt) : AutoCloseable {
    val cable = Cable(relay)
    val asked = mutableListOf<HostRequest>()
    private val platform = Platform { request, done ->
        asked += request
        done(HostAnswer.DONE)
    }
    var linli = open()
        private set

    private fun open() = Linli(Config(folder.path, ByteArray(32) { 7 }, cable.url, undoMs), platform).apply { resume() }

    /** The process ends and the app is opened again. */
    fun restart() {
        linli.close()
        linli = open()
    }

    fun send(event: UiEvent) = linli.send(event)

    fun speak(language: String, elder: Boolean) {
        send(UiEvent.Speak(language))
        send(UiEvent.Elder(elder))
        until("speaks") { shown { frame }.takeIf { it.language == language && it.elder == elder } }
    }

    fun <T> shown(slice: Linli.() -> Slice<T>): T = linli.slice().now.value

    override fun close() {
        linli.close()
        cable.close()
    }
}

/** Waits on a condition without blocking the core. */
fun <T> until(what: String, seconds: Int = 20, look: () -> T?): T {
    val end = System.nanoTime() + seconds * 1_000_000_000L
    while (true) {
        look()?.let { return it }
        if (System.nanoTime() > end) throw AssertionError("not within $seconds s: $what")
        Thread.sleep(5)
    }
}

/** What somebody is let in as, in stored words. */
data class Terms(val role: String, val scope: String, val staff: List<String> = emptyList())

/** `true`, or nothing yet. */
fun Boolean.orNull(): Boolean? = if (this) true else null

/** How long what was done can be undone: short, because everything waits for it. */
private const val UNDO_MS = 300u

/** A small community of real phones around a real relay. */
class Community(name: String) : AutoCloseable {
    private val folder: File = Files.createTempDirectory("linli-$name-").toFile()
    val relay = Relay(File(folder, "relay"))
    private val phones = mutableListOf<Phone>()
    val founder = phone("founder")

    init {
        val roster = (1..6).flatMap { floor -> (1..2).map { "3,2,${floor}0$it,home,89.37" } }
        founder.send(UiEvent.Found("和园", relay.url, TOKEN, roster.joinToString("\n")))
        until("founded") { founder.shown { frame }.takeIf { it.phase == Phase.MEMBER } }
    }

    fun all(): List<Phone> = phones

    fun phone(name: String, undoMs: UInt = UNDO_MS) =
        Phone(name, File(folder, name), relay.url, undoMs).also { phones += it }

    fun invite(by: Phone, terms: Terms): String {
        val before = by.shown { frame }.invitation
        val place = listOf(Answer("place", terms.scope)).filter { terms.scope != "community" }
        by.send(UiEvent.InviteAs(terms.role, place + terms.staff.map { Answer("staff", it) }))
        return until("invited") { by.shown { frame }.invitation.takeIf { it != before } }
    }

    /** Lets a phone in: each reviewer compares the code and approves. */
    fun join(phone: Phone, terms: Terms, reviewers: List<Phone> = listOf(founder)) {
        phone.send(UiEvent.Join(invite(reviewers.first(), terms), phone.name))
        for (reviewer in reviewers) {
            val applicant = until("${phone.name} at ${reviewer.name}") {
                reviewer.send(UiEvent.SyncNow)
                Thread.sleep(50)
                reviewer.shown { people }.applicants.find { it.name == phone.name && it.code != null && !it.decided }
            }
            until("code") { phone.shown { frame }.code.takeIf { it == applicant.code } }
            reviewer.send(UiEvent.Approve(applicant.invite, applicant.who.first().who))
            until("decided") { reviewer.shown { people }.applicants.none { it.name == phone.name && !it.decided }.orNull() }
        }
        until("member ${phone.name}") { phone.shown { frame }.takeIf { it.phase == Phase.MEMBER } }
    }

    override fun close() {
        phones.forEach { it.close() }
        relay.close()
        folder.deleteRecursively()
    }
}
