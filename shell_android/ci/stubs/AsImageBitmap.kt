@file:Suppress("PackageDirectoryMismatch", "UnusedReceiverParameter")

package androidx.compose.ui.graphics

import android.graphics.Bitmap

fun Bitmap.asImageBitmap(): ImageBitmap = throw NotImplementedError("only on a phone")
