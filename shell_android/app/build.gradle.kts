import org.jetbrains.kotlin.gradle.dsl.JvmTarget

plugins {
    alias(libs.plugins.android.app)
    alias(libs.plugins.kotlin.android)
    alias(libs.plugins.kotlin.compose)
}

val targets = mapOf(
    "arm64-v8a" to "aarch64-linux-android",
    "armeabi-v7a" to "armv7-linux-androideabi",
    "x86_64" to "x86_64-linux-android",
)
val libraries = layout.buildDirectory.dir("rust")

android {
    namespace = "cn.linli.android"
    compileSdk = libs.versions.compileSdk.get().toInt()
    defaultConfig {
        applicationId = "cn.linli"
        minSdk = libs.versions.minSdk.get().toInt()
        targetSdk = libs.versions.targetSdk.get().toInt()
        versionCode = 1
        versionName = "0.1"
        ndk.abiFilters += targets.keys
    }
    buildTypes {
        release {
            isMinifyEnabled = true
            isShrinkResources = true
            proguardFiles(getDefaultProguardFile("proguard-android-optimize.txt"), "rules.pro")
        }
    }
    compileOptions {
        sourceCompatibility = JavaVersion.toVersion(libs.versions.jvmTarget.get())
        targetCompatibility = JavaVersion.toVersion(libs.versions.jvmTarget.get())
    }
    buildFeatures {
        compose = true
    }
    sourceSets["main"].jniLibs.srcDir(libraries)
}

kotlin {
    compilerOptions {
        jvmTarget = JvmTarget.fromTarget(libs.versions.jvmTarget.get())
    }
}

dependencies {
    implementation(project(":screens"))
    implementation(libs.activity.compose)
    implementation(libs.coroutines.android)
    implementation(variantOf(libs.jna) { artifactType("aar") })
}

/** Builds the core for every kind of phone. Cargo knows what has changed. */
val rust by tasks.registering(Exec::class) {
    group = "build"
    description = "Builds the core with cargo-ndk"
    workingDir = rootDir.parentFile
    // Pages of 16 KiB: newer NDKs do so by themselves, the older ones not.
    targets.values.forEach { triple ->
        val name = "CARGO_TARGET_${triple.uppercase().replace('-', '_')}_RUSTFLAGS"
        environment(name, "-C link-arg=-Wl,-z,max-page-size=16384")
    }
    commandLine(
        listOf("cargo", "ndk", "--platform", libs.versions.minSdk.get(), "-o", libraries.get().asFile.path) +
            targets.keys.flatMap { listOf("-t", it) } +
            listOf("build", "--package", "shared", "--profile", "dist"),
    )
}

tasks.matching { it.name == "preBuild" }.configureEach {
    dependsOn(rust)
}
