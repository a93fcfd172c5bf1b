package cn.linli.android

import android.app.Activity
import android.app.job.JobInfo
import android.content.ContentResolver
import android.graphics.Bitmap
import android.graphics.ImageDecoder
import android.hardware.biometrics.BiometricManager.Authenticators
import android.hardware.biometrics.BiometricPrompt
import android.net.Uri
import android.os.CancellationSignal
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import android.security.keystore.StrongBoxUnavailableException
import androidx.annotation.RequiresApi
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey

// What is newer than the oldest Android served, and only that: asked for behind a check of SDK_INT. The annotation
// tells animal-sniffer to let these classes be, and Android's own lint to look at those who call them.

/** Android 9. */
@RequiresApi(28)
object Since28 {
    /** Nothing, if the chip will not have such a key. */
    fun inStrongBox(generator: KeyGenerator, spec: KeyGenParameterSpec.Builder): SecretKey? = try {
        generator.init(spec.setIsStrongBoxBacked(true).build())
        generator.generateKey()
    } catch (_: StrongBoxUnavailableException) {
        spec.setIsStrongBoxBacked(false)
        null
    }

    /** Upright, and no longer than [side] if that can be had by leaving out dots. */
    fun decode(resolver: ContentResolver, photo: Uri, side: Int): Bitmap =
        ImageDecoder.decodeBitmap(ImageDecoder.createSource(resolver, photo)) { decoder, info, _ ->
            decoder.allocator = ImageDecoder.ALLOCATOR_SOFTWARE
            decoder.setTargetSampleSize(sampleSize(info.size.width, info.size.height, side))
        }
}

/** Android 11. */
@RequiresApi(30)
object Since30 {
    private const val WHO = Authenticators.BIOMETRIC_STRONG or Authenticators.DEVICE_CREDENTIAL

    fun askWho(activity: Activity, title: String, done: (Boolean) -> Unit) {
        val answer = object : BiometricPrompt.AuthenticationCallback() {
            override fun onAuthenticationSucceeded(result: BiometricPrompt.AuthenticationResult?) = done(true)

            override fun onAuthenticationError(code: Int, text: CharSequence?) = done(false)
        }
        BiometricPrompt.Builder(activity).setTitle(title).setAllowedAuthenticators(WHO).build()
            .authenticate(CancellationSignal(), activity.mainExecutor, answer)
    }

    fun bindToPerson(spec: KeyGenParameterSpec.Builder, seconds: Int) {
        val ways = KeyProperties.AUTH_BIOMETRIC_STRONG or KeyProperties.AUTH_DEVICE_CREDENTIAL
        spec.setUserAuthenticationParameters(seconds, ways)
    }
}

/** Android 12. */
@RequiresApi(31)
object Since31 {
    fun expedite(job: JobInfo.Builder) {
        job.setExpedited(true)
    }
}
