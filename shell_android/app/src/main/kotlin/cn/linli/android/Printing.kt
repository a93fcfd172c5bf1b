package cn.linli.android

import android.app.Activity
import android.print.PrintAttributes
import android.print.PrintManager
import android.text.TextUtils
import android.webkit.WebView
import android.webkit.WebViewClient

/** Prints a text through the system's own dialog: on paper, or into a PDF. */
object Printing {
    /** Held until it is laid out: nobody else does. */
    private var page: WebView? = null

    fun print(activity: Activity, title: String, text: String) {
        val paragraphs = text.lines().joinToString("") { "<p>${TextUtils.htmlEncode(it)}</p>" }
        val heading = TextUtils.htmlEncode(title)
        val view = WebView(activity)
        view.webViewClient = object : WebViewClient() {
            override fun onPageFinished(view: WebView, url: String) {
                if (page == null) return
                val job = view.createPrintDocumentAdapter(title)
                activity.getSystemService(PrintManager::class.java)
                    .print(title, job, PrintAttributes.Builder().build())
                page = null
            }
        }
        page = view
        val html = "<html><head><title>$heading</title></head><body><h1>$heading</h1>$paragraphs</body></html>"
        view.loadDataWithBaseURL(null, html, "text/html", "utf-8", null)
    }
}
