package cn.linli.android

import android.content.Context
import android.content.pm.PackageManager
import android.os.Build
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.KeyProperties
import android.util.AtomicFile
import java.io.File
import java.io.FileNotFoundException
import java.io.IOException
import java.security.KeyStore
import java.security.SecureRandom
import javax.crypto.AEADBadTagException
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/** What the app keeps cannot be opened any more. Nothing is deleted or made anew: that is for the person to say. */
class KeyLost(why: String, cause: Exception? = null) : Exception(why, cause)

/**
 * 32 random bytes that the core seals its device keys with, in a file wrapped by a key that never leaves the Keystore.
 *
 * It opens without the person, so that jobs can run while the phone is locked.
 */
class PlatformKey(private val context: Context, private val core: File) {
    private val file = AtomicFile(File(context.noBackupFilesDir, "platform-key"))

    /** Fails with [KeyLost] where there is data and no key to it; other failures may pass. */
    fun open(): ByteArray {
        val wrapped = try {
            file.readFully()
        } catch (_: FileNotFoundException) {
            if (!core.list().isNullOrEmpty()) throw KeyLost("data without a key file")
            return make()
        }
        return unwrap(wrapped)
    }

    private fun unwrap(wrapped: ByteArray): ByteArray = try {
        val key = Keystore.find(ALIAS) ?: throw KeyLost("the Keystore has no such key")
        if (wrapped.size != 1 + IV + BYTES + TAG || wrapped[0] != LAYOUT) throw KeyLost("a key file of another layout")
        Cipher.getInstance(Keystore.GCM).run {
            init(Cipher.DECRYPT_MODE, key, GCMParameterSpec(TAG * 8, wrapped, 1, IV))
            doFinal(wrapped, 1 + IV, wrapped.size - 1 - IV)
        }
    } catch (gone: KeyPermanentlyInvalidatedException) {
        throw KeyLost("the Keystore took the key back", gone)
    } catch (other: AEADBadTagException) {
        throw KeyLost("wrapped by another key", other)
    }

    private fun make(): ByteArray {
        val bytes = ByteArray(BYTES).also(SecureRandom()::nextBytes)
        val wrapped = Cipher.getInstance(Keystore.GCM).run {
            init(Cipher.ENCRYPT_MODE, Keystore.make(ALIAS, context) {})
            byteArrayOf(LAYOUT) + iv + doFinal(bytes)
        }
        val out = file.startWrite()
        try {
            out.write(wrapped)
            file.finishWrite(out)
        } catch (failed: IOException) {
            file.failWrite(out)
            throw failed
        }
        return bytes
    }

    private companion object {
        const val ALIAS = "linli.device"
        const val LAYOUT: Byte = 1
        const val BYTES = 32
        const val IV = 12
        const val TAG = 16
    }
}

/** AES-GCM keys inside the phone's Keystore; in its own chip, where there is one. */
object Keystore {
    const val GCM = "AES/GCM/NoPadding"
    private const val NAME = "AndroidKeyStore"

    fun find(alias: String): SecretKey? =
        KeyStore.getInstance(NAME).apply { load(null) }.getKey(alias, null) as SecretKey?

    /** Replaces a key of that name. */
    fun make(alias: String, context: Context, more: KeyGenParameterSpec.Builder.() -> Unit): SecretKey {
        val spec = KeyGenParameterSpec.Builder(alias, KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT)
            .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
            .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
            .setKeySize(256)
            .apply(more)
        val generator = KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, NAME)
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.P &&
            context.packageManager.hasSystemFeature(PackageManager.FEATURE_STRONGBOX_KEYSTORE)
        ) {
            Since28.inStrongBox(generator, spec)?.let { return it }
        }
        generator.init(spec.build())
        return generator.generateKey()
    }
}
