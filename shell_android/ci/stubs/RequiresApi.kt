@file:Suppress("PackageDirectoryMismatch")

package androidx.annotation

/** Android's lint reads it; here animal-sniffer does. */
@Retention(AnnotationRetention.BINARY)
@Target(AnnotationTarget.CLASS, AnnotationTarget.FUNCTION)
annotation class RequiresApi(val api: Int)
