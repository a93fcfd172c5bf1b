#!/usr/bin/env bash
# build-core.sh: builds the Rust core for what Xcode is about to link, and lays it where Xcode looks for it.
#
# A phase of Xcode's build runs it, which sets PLATFORM_NAME, ARCHS, CONFIGURATION, SRCROOT and DERIVED_FILE_DIR.
# It reads all of the repository and writes into cargo's target folder: so the project has
# ENABLE_USER_SCRIPT_SANDBOXING off, which allows a phase to touch only files that it names.
set -euo pipefail

fail() {
    # Xcode shows a line that begins like this as an error of the build.
    echo "error: $1"
    exit 1
}

target_of() { # ARCHITECTURE
    case $PLATFORM_NAME/$1 in
    iphoneos/arm64) echo aarch64-apple-ios ;;
    iphonesimulator/arm64) echo aarch64-apple-ios-sim ;;
    iphonesimulator/x86_64) echo x86_64-apple-ios ;;
    *) return 1 ;;
    esac
}

# Xcode does not read the shell's own settings.
export PATH="${CARGO_HOME:-$HOME/.cargo}/bin:/opt/homebrew/bin:/usr/local/bin:$PATH"
command -v cargo >/dev/null || fail "no cargo: install Rust from https://rustup.rs"

repo=$(cd "$SRCROOT/.." && pwd)
case $CONFIGURATION in
Debug) flags=() folder=debug ;;
*) flags=(--profile dist) folder=dist ;;
esac
built=${CARGO_TARGET_DIR:-$repo/target}
libraries=()
cd "$repo" # where rust-toolchain.toml says which Rust
for arch in $ARCHS; do
    target=$(target_of "$arch") || fail "the core is not built for $PLATFORM_NAME on $arch"
    if command -v rustup >/dev/null && [[ " $(rustup target list --installed | tr '\n' ' ') " != *" $target "* ]]; then
        fail "Rust cannot build for $target yet: rustup target add $target"
    fi
    # Build scripts and macros run on this Mac: Xcode's SDK of the phone would be taken for the Mac's own.
    # Only what is linked is built: the crate's other kinds would have to be linked here, too.
    env -u SDKROOT -u LIBRARY_PATH \
        cargo rustc --locked --package shared --lib --crate-type staticlib --target "$target" ${flags[@]+"${flags[@]}"}
    libraries+=("$built/$target/$folder/libshared.a")
done

core=$DERIVED_FILE_DIR/core
mkdir -p "$core"
if [ ${#libraries[@]} -eq 1 ]; then
    cp "${libraries[0]}" "$core/libshared.a"
else
    lipo -create -output "$core/libshared.a" "${libraries[@]}"
fi
