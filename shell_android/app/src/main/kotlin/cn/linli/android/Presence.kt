package cn.linli.android

import android.app.Activity
import android.app.KeyguardManager
import android.os.Build
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.util.Log
import java.security.GeneralSecurityException
import java.security.ProviderException
import javax.crypto.Cipher

/**
 * Asks for fingerprint, face or PIN, and believes it only when the Keystore does.
 *
 * The key of this alias works for a few seconds after the phone itself knew its person: so an answer that did not come
 * from the system opens nothing.
 */
class Presence(private val app: LinliApp, private val asked: Asked) {
    fun prove(activity: Activity, why: String, done: (Boolean) -> Unit) {
        val guard = app.getSystemService(KeyguardManager::class.java)
        if (!guard.isDeviceSecure) {
            app.tell(R.string.no_screen_lock)
            return done(false)
        }
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
            Since30.askWho(activity, why) { done(it && keystoreAgrees()) }
        } else {
            @Suppress("DEPRECATION") // the way before Android 11; it shows fingerprint and PIN alike
            val ask = guard.createConfirmDeviceCredentialIntent(why, null)
            asked.answer(activity, ask) { ok, _ -> done(ok && keystoreAgrees()) }
        }
    }

    private fun keystoreAgrees(): Boolean {
        try {
            sealSomething()
            return true
        } catch (failed: GeneralSecurityException) {
            return refuse(failed)
        } catch (failed: ProviderException) {
            return refuse(failed)
        }
    }

    private fun refuse(failed: Exception): Boolean {
        Log.w("linli", "presence", failed)
        app.tell(R.string.not_possible)
        return false
    }

    private fun sealSomething() {
        val cipher = Cipher.getInstance(Keystore.GCM)
        val key = Keystore.find(ALIAS) ?: make()
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key)
        } catch (_: KeyPermanentlyInvalidatedException) {
            // The screen lock was taken off and set again. Nothing is wrapped by this key yet: a new one will do.
            cipher.init(Cipher.ENCRYPT_MODE, make())
        }
        cipher.doFinal(ByteArray(1))
    }

    private fun make() = Keystore.make(ALIAS, app) {
        setUserAuthenticationRequired(true)
        validFor(SECONDS)
    }

    private fun KeyGenParameterSpec.Builder.validFor(seconds: Int) {
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
            Since30.bindToPerson(this, seconds)
        } else {
            @Suppress("DEPRECATION")
            setUserAuthenticationValidityDurationSeconds(seconds)
        }
    }

    private companion object {
        const val ALIAS = "linli.presence"

        /** How long an answer holds: enough for a slow chip to make the key, too short for another act. */
        const val SECONDS = 10
    }
}
