@file:Suppress("PackageDirectoryMismatch", "ktlint:standard:property-naming", "ktlint:standard:class-naming")

package cn.linli.android

/** Android's build numbers the resources; here their names have to do. `ManifestTest` finds each in `res`. */
object R {
    object string {
        const val camera_reason = 1
        const val channel_reminders = 2
        const val channel_reminders_about = 3
        const val key_lost = 4
        const val microphone_reason = 5
        const val no_screen_lock = 6
        const val no_voice = 7
        const val not_allowed = 8
        const val not_possible = 9
        const val not_started = 10
    }

    object drawable {
        const val icon_small = 11
    }
}
