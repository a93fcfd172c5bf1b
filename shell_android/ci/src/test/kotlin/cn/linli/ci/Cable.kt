package cn.linli.ci

import java.io.InputStream
import java.io.OutputStream
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.net.URI
import java.util.concurrent.ConcurrentHashMap
import kotlin.concurrent.thread

/** The line between a phone and the relay; while it is cut, connections end at once. */
class Cable(relay: String) : AutoCloseable {
    private val far = URI(relay)
    private val door = ServerSocket(0, 50, InetAddress.getLoopbackAddress())
    private val lines = ConcurrentHashMap.newKeySet<Socket>()

    @Volatile
    var cut = false
        set(value) {
            field = value
            if (value) hangUp()
        }
    val url = "http://127.0.0.1:${door.localPort}"

    init {
        thread(isDaemon = true) {
            while (!door.isClosed) runCatching { door.accept() }.onSuccess(::carry)
        }
    }

    private fun carry(near: Socket) {
        if (cut) return near.close()
        val other = runCatching { Socket(far.host, far.port) }.getOrNull() ?: return near.close()
        lines += listOf(near, other)
        pump(near.getInputStream(), other.getOutputStream(), near, other)
        pump(other.getInputStream(), near.getOutputStream(), near, other)
    }

    private fun pump(from: InputStream, to: OutputStream, vararg ends: Socket) = thread(isDaemon = true) {
        runCatching { from.transferTo(to) }
        ends.forEach {
            it.close()
            lines -= it
        }
    }

    private fun hangUp() = lines.forEach { it.close() }

    override fun close() {
        door.close()
        hangUp()
    }
}
