plugins {
    alias(libs.plugins.kotlin.jvm)
}

kotlin {
    jvmToolchain(libs.versions.jvmTarget.get().toInt())
}

dependencies {
    api(libs.coroutines.core)
    // The app brings Android's own, with the libraries inside.
    compileOnly(libs.jna)
}
