@file:Suppress("PackageDirectoryMismatch", "UNUSED_PARAMETER")

package androidx.activity.compose

import androidx.compose.runtime.Composable

@Composable
fun BackHandler(enabled: Boolean = true, onBack: () -> Unit) = Unit
