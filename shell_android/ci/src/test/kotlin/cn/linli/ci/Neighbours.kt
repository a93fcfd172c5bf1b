package cn.linli.ci

import cn.linli.app.BackStack
import cn.linli.app.Route
import cn.linli.core.Answer
import cn.linli.core.Phase
import cn.linli.core.Report
import cn.linli.core.UiEvent
import org.jetbrains.skia.Bitmap
import org.jetbrains.skia.Canvas
import org.jetbrains.skia.EncodedImageFormat
import org.jetbrains.skia.Image
import org.jetbrains.skia.Paint
import org.jetbrains.skia.Rect
import java.io.File

/** A stairwell where things happened: what the pictures show. */
class Neighbours(private val community: Community) {
    val company = community.phone("陈师傅").also {
        community.join(it, Terms("property", "community", listOf("desk", "dispatcher", "repair_worker")))
    }
    val head = community.phone("王建国").also {
        community.join(it, Terms("head", "building/3"))
    }
    val owner = community.phone("李阿姨").also {
        community.join(it, Terms("owner", "unit/3-2-501"), listOf(community.founder, head))
    }
    val leak = report(owner, "home/3-2-501", "water", "厨房水管漏水，地上都是水")
    val light = report(owner, "stair/3-2", "lighting", "楼道灯不亮")
    val door = report(head, "stair/3-2", "door", "单元门关不严")
    val roof = report(head, "building/3", "roof_leak", "屋顶渗水，六楼顶上滴")

    init {
        act(company, leak, "accept")
        act(company, leak, "grab")
        act(company, leak, "arrive")
        act(company, leak, "start")
        act(company, door, "accept")
        sync()
        quarrel()
        community.phone("新来的").let { fresh ->
            until("applies") { fresh.shown { frame }.takeIf { it.phase == Phase.FRESH } }
            fresh.send(UiEvent.Join(community.invite(head, Terms("resident", "unit/3-2-602")), "赵小雨"))
            until("asks") { head.shown { people }.applicants.any { !it.decided && it.code != null }.orNull() ?: sync().let { null } }
        }
    }

    private val fresh = community.phone("新手机")
    private val asking = community.all().first { it.name == "新来的" }
    private val founding = community.phone("方工").also { phone ->
        phone.send(UiEvent.GiveFounderKeys)
        until<Boolean>("keys") { (phone.linli.founding.now.value.keys != null).orNull() }
    }
    private val fees = Fees(community.founder, company, head, owner)
    private val books = Books(community.founder, company, owner)
    val phones = listOf(company, head, owner, fresh, asking, founding, community.founder)

    /** Every page, on the phone of somebody who has something on it. */
    fun pages(): List<Triple<String, Phone, Route>> {
        company.send(UiEvent.Detail(leak))
        until("the worker's page") { company.shown { detail }?.takeIf { it.line.id == leak } }
        return listOf(
            Triple("today-owner", owner, Route.Today), Triple("today-head", head, Route.Today),
            Triple("repairs", head, Route.Repairs), Triple("people", head, Route.People),
            Triple("me", owner, Route.Me), Triple("report", owner, Route.Report),
            Triple("sync", owner, Route.Sync), Triple("data", owner, Route.Data),
            Triple("communities", owner, Route.Communities), Triple("invite", head, Route.Invite),
            Triple("repair", owner, Route.Repair(leak)), Triple("conflict", head, Route.Repair(door)),
            Triple("act", company, Route.Act(leak, "pause")),
            Triple("start", fresh, Route.Today), Triple("asking", asking, Route.Today),
            Triple("founding", founding, Route.Founding),
        ) + fees.pages() + books.pages()
    }

    /** What is before the camera. */
    fun hands() = Hands().apply { scanned = fees.code }

    /** Two phones without a net say different things. */
    private fun quarrel() {
        until("both see it") { listOf(company, head).all { it.line(door)?.status == "accepted" }.orNull() ?: sync().let { null } }
        company.cable.cut = true
        head.cable.cut = true
        company.send(UiEvent.Repair(door, "refuse", listOf(Answer("text", "闭门器归厂家，已报厂家")), null))
        act(head, door, "verify_place")
        company.cable.cut = false
        head.cable.cut = false
        sync()
    }

    private fun report(by: Phone, place: String, kind: String, text: String): String {
        by.send(UiEvent.Report(Report(place, kind, text, null, emptyList(), null), null))
        return until("reported: $text") { by.shown { repairs }.rows.find { it.excerpt.startsWith(text.take(6)) }?.id }
    }

    private fun act(by: Phone, id: String, word: String) {
        by.send(UiEvent.Detail(id))
        val action = until("${by.name} may $word") {
            by.shown { detail }?.takeIf { it.line.id == id }?.actions?.find { it.word == word } ?: sync().let { null }
        }
        val answers = action.asks.filter { !it.optional }.map { ask ->
            Answer(ask.word, ask.choices.firstOrNull()?.value ?: "一会儿就到")
        }
        by.send(UiEvent.Repair(id, word, answers, null))
        until("$word is taken") { by.shown { frame }.takeIf { it.undoUntilMs == null && it.unsent == 0u } ?: pause() }
    }

    private fun <T> pause(): T? = Thread.sleep(20).let { null }

    fun sync() {
        for (phone in listOf(company, head, owner)) phone.send(UiEvent.SyncNow)
        Thread.sleep(50)
    }

    private fun Phone.line(id: String) = shown { repairs }.rows.find { it.id == id }
}

private val TABS = setOf(Route.Today, Route.Repairs, Route.People, Route.Me)

/** A tab stands alone, another page on the first tab. */
fun standing(route: Route) = BackStack().apply { if (route in TABS) switch(route) else open(route) }

/** Whether the core has told what a page asks it for when it opens; many ask for nothing. */
fun Phone.tells(route: Route) = when (route) {
    is Route.Repair -> shown { detail }?.line?.id == route.id
    is Route.HomeMoney -> shown { money }.home?.unit == route.unit
    is Route.Round -> shown { money }.round?.line?.id == route.id
    is Route.Book -> shown { money }.book?.name == route.name
    else -> true
}

/** A photo of a door under a lamp, as a phone's camera would give it. */
fun photo(file: File): File {
    val bitmap = Bitmap().apply { allocN32Pixels(640, 480) }
    val canvas = Canvas(bitmap)
    canvas.clear(0xFF3A4A42.toInt())
    canvas.drawRect(Rect.makeXYWH(220f, 60f, 200f, 420f), Paint().apply { color = 0xFFC9A66B.toInt() })
    canvas.drawCircle(390f, 290f, 12f, Paint().apply { color = 0xFF222222.toInt() })
    canvas.drawCircle(90f, 90f, 46f, Paint().apply { color = 0xFFF4D27A.toInt() })
    file.writeBytes(Image.makeFromBitmap(bitmap).encodeToData(EncodedImageFormat.JPEG, 85)!!.bytes)
    return file
}
