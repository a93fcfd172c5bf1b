package cn.linli.look

import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.automirrored.rounded.CallMerge
import androidx.compose.material.icons.automirrored.rounded.CallSplit
import androidx.compose.material.icons.automirrored.rounded.DirectionsWalk
import androidx.compose.material.icons.automirrored.rounded.Forward
import androidx.compose.material.icons.automirrored.rounded.HelpOutline
import androidx.compose.material.icons.automirrored.rounded.VolumeUp
import androidx.compose.material.icons.rounded.AddRoad
import androidx.compose.material.icons.rounded.Alarm
import androidx.compose.material.icons.rounded.Apartment
import androidx.compose.material.icons.rounded.Block
import androidx.compose.material.icons.rounded.Bolt
import androidx.compose.material.icons.rounded.BugReport
import androidx.compose.material.icons.rounded.ChatBubbleOutline
import androidx.compose.material.icons.rounded.CheckCircle
import androidx.compose.material.icons.rounded.CleaningServices
import androidx.compose.material.icons.rounded.DoorFront
import androidx.compose.material.icons.rounded.Elevator
import androidx.compose.material.icons.rounded.Engineering
import androidx.compose.material.icons.rounded.EvStation
import androidx.compose.material.icons.rounded.Event
import androidx.compose.material.icons.rounded.FactCheck
import androidx.compose.material.icons.rounded.Feedback
import androidx.compose.material.icons.rounded.GasMeter
import androidx.compose.material.icons.rounded.Grass
import androidx.compose.material.icons.rounded.Group
import androidx.compose.material.icons.rounded.Handyman
import androidx.compose.material.icons.rounded.HowToVote
import androidx.compose.material.icons.rounded.Inventory2
import androidx.compose.material.icons.rounded.Lightbulb
import androidx.compose.material.icons.rounded.LocalFireDepartment
import androidx.compose.material.icons.rounded.LocalParking
import androidx.compose.material.icons.rounded.NewReleases
import androidx.compose.material.icons.rounded.Outbox
import androidx.compose.material.icons.rounded.PauseCircle
import androidx.compose.material.icons.rounded.Payments
import androidx.compose.material.icons.rounded.PhoneAndroid
import androidx.compose.material.icons.rounded.Plumbing
import androidx.compose.material.icons.rounded.Roofing
import androidx.compose.material.icons.rounded.Schedule
import androidx.compose.material.icons.rounded.Star
import androidx.compose.material.icons.rounded.Thermostat
import androidx.compose.material.icons.rounded.Verified
import androidx.compose.material.icons.rounded.Videocam
import androidx.compose.material.icons.rounded.WaterDrop
import androidx.compose.material.icons.rounded.Wifi
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import cn.linli.core.Sign
import cn.linli.core.Tone

/** This shell's drawing of each sign of the core. */
fun Sign.icon(): ImageVector = when (this) {
    Sign.WATER -> Icons.Rounded.WaterDrop
    Sign.DRAIN -> Icons.Rounded.Plumbing
    Sign.POWER -> Icons.Rounded.Bolt
    Sign.LIGHT -> Icons.Rounded.Lightbulb
    Sign.LIFT -> Icons.Rounded.Elevator
    Sign.FIRE -> Icons.Rounded.LocalFireDepartment
    Sign.GAS -> Icons.Rounded.GasMeter
    Sign.DOOR -> Icons.Rounded.DoorFront
    Sign.ROOF -> Icons.Rounded.Roofing
    Sign.FACADE -> Icons.Rounded.Apartment
    Sign.ROAD -> Icons.Rounded.AddRoad
    Sign.GREEN -> Icons.Rounded.Grass
    Sign.CLEAN -> Icons.Rounded.CleaningServices
    Sign.HEATING -> Icons.Rounded.Thermostat
    Sign.PARKING -> Icons.Rounded.LocalParking
    Sign.NOISE -> Icons.AutoMirrored.Rounded.VolumeUp
    Sign.TELECOM -> Icons.Rounded.Wifi
    Sign.PEST -> Icons.Rounded.BugReport
    Sign.CHARGING -> Icons.Rounded.EvStation
    Sign.CAMERA -> Icons.Rounded.Videocam
    Sign.COMPLAINT -> Icons.Rounded.Feedback
    Sign.QUESTION -> Icons.AutoMirrored.Rounded.HelpOutline
    Sign.REPAIR -> Icons.Rounded.Handyman
    Sign.PHONE -> Icons.Rounded.PhoneAndroid
    Sign.OUTBOX -> Icons.Rounded.Outbox
    Sign.WAITS -> Icons.Rounded.FactCheck
    Sign.VERSIONS -> Icons.AutoMirrored.Rounded.CallSplit
    Sign.LATE -> Icons.Rounded.Alarm
    Sign.CLOCK -> Icons.Rounded.Schedule
    Sign.WORKER -> Icons.Rounded.Engineering
    Sign.WALK -> Icons.AutoMirrored.Rounded.DirectionsWalk
    Sign.PAUSE -> Icons.Rounded.PauseCircle
    Sign.DONE -> Icons.Rounded.CheckCircle
    Sign.CHECK -> Icons.Rounded.Verified
    Sign.BLOCKED -> Icons.Rounded.Block
    Sign.MERGED -> Icons.AutoMirrored.Rounded.CallMerge
    Sign.HANDED -> Icons.AutoMirrored.Rounded.Forward
    Sign.COMMENT -> Icons.Rounded.ChatBubbleOutline
    Sign.PEOPLE -> Icons.Rounded.Group
    Sign.STAR -> Icons.Rounded.Star
    Sign.ARCHIVE -> Icons.Rounded.Inventory2
    Sign.MONEY -> Icons.Rounded.Payments
    Sign.VOTE -> Icons.Rounded.HowToVote
    Sign.CALENDAR -> Icons.Rounded.Event
    Sign.NEWER -> Icons.Rounded.NewReleases
}

/** Ink and ground of a chip. */
fun Tone.inks(colors: Colors): Pair<Color, Color> = when (this) {
    Tone.PLAIN -> colors.textQuiet to colors.surfaceSunken
    Tone.GOOD -> colors.good to colors.goodContainer
    Tone.WARN -> colors.warn to colors.warnContainer
    Tone.BAD -> colors.bad to colors.badContainer
    Tone.PENDING -> colors.pending to colors.pendingContainer
    Tone.CONFLICT -> colors.conflict to colors.conflictContainer
    Tone.ACCENT -> colors.onAccentContainer to colors.accentContainer
}
