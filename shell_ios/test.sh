#!/usr/bin/env bash
# test.sh: checks the Swift packages' format, builds them and runs their tests, on Linux, without Apple's tools.
# test.sh kit: the same without the app itself, which is compiled against stand-ins (ci).
# test.sh SWIFT ARGUMENTS: runs `swift` for LinliKit, such as: LINLI_STORY=join test.sh test --filter FlowTests
# test.sh app SWIFT ARGUMENTS: runs it for the app, such as: test.sh app test --disable-xctest
# test.sh bench: what a slice costs across the border, with the core as it is released.
#
# Needs what cargo built: cargo build --package shared --package linli-desk --package linli-tests --bins
# Puts Swift in a folder of its own (swift-root.sh), and installs nothing on the machine.
# Ends with 77 if something is missing that the machine would have to give; with CI set, that is a failure.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
repo=$(dirname "$here")
package=$here/LinliKit
mkdir -p "${CARGO_TARGET_DIR:-$repo/target}"
target=$(cd "${CARGO_TARGET_DIR:-$repo/target}" && pwd)
root=$(realpath -m "${SWIFT_ROOT:-${XDG_CACHE_HOME:-$HOME/.cache}/linli/swift-root}")
build=$target/swift

missing() {
    echo "not run: $1"
    [ -n "${CI:-}" ] && exit 1
    exit 77
}

[ -f "$target/debug/libshared.so" ] || missing "the core is not built: cargo build --package shared"
said=$(bash "$here/swift-root.sh" "$root" 2>&1) || missing "Swift could not be had: $(tail -n 1 <<<"$said")"

inside() { /usr/bin/env -C "$repo" -i HOME="$build/home" TZ=UTC LANG=C.UTF-8 PATH=/usr/libexec/swift/bin:/usr/bin ${CI:+"CI=$CI"} \
    "LINLI_LIB_DIR=$target/${profile:-debug}" "LINLI_SHOTS=$target/ios" "LINLI_ROOT=$repo" \
    ${LINLI_STORY:+"LINLI_STORY=$LINLI_STORY"} ${LINLI_BENCH:+"LINLI_BENCH=$LINLI_BENCH"} "$@"; }

# Runs a command among Swift's files; the repository and cargo's target stand at their own paths. Mounts are private,
# and end with it.
among() {
    if unshare -m true 2>/dev/null; then spaces=(unshare -mpf --kill-child)
    elif unshare -rm true 2>/dev/null; then spaces=(unshare -rmpf --kill-child)
    elif command -v proot >/dev/null; then # slower, about twice, but needs no rights at all
        inside proot -r "$root" -b /proc -b /dev -b "$repo" -b "$target" -w "$repo" "$@"
        return
    else missing "mounts are not allowed here (Debian: proot gets round that)"; fi
    # shellcheck disable=SC2016
    inside /usr/bin/env PATH=/usr/sbin:/usr/bin:/sbin:/bin "${spaces[@]}" bash -euc '
        root=$1 repo=$2 target=$3
        shift 3
        mount -t proc proc "$root/proc"
        mount -t tmpfs tmpfs "$root/tmp"
        for node in null zero urandom; do : >>"$root/dev/$node"; mount --bind "/dev/$node" "$root/dev/$node"; done
        for dir in "$repo" "$target"; do mkdir -p "$root$dir"; mount --bind "$dir" "$root$dir"; done
        chroot=$(command -v chroot)
        export PATH=/usr/libexec/swift/bin:/usr/bin
        exec "$chroot" "$root" /usr/bin/env -C "$repo" "$@"' - "$root" "$repo" "$target" "$@"
}

swift() {
    verb=$1
    shift
    case $verb in
    build | test | run | package) among swift "$verb" --package-path "$package" --scratch-path "$build" "$@" ;;
    *) among swift "$verb" "$@" ;;
    esac
}

# SwiftPM looks for files that came or went in its own package alone: without its plan it looks everywhere.
app() {
    rm -f "$target/swift-app/debug.yaml"
    package=$here/ci build=$target/swift-app "$@"
}

mkdir -p "$build/home" "$target/swift-app/home" "$target/ios"
case ${1:-} in
"" | kit) ;;
app)
    shift
    app swift "$@"
    exit ;;
bench) # needs: cargo build --release --package shared --package linli-tests --bins
    profile=release LINLI_BENCH=1 swift test --disable-xctest --configuration release --filter SliceBench
    exit ;;
*)
    swift "$@"
    exit ;;
esac
swift format lint --strict --recursive --configuration "$here/.swift-format" \
    "$package/Package.swift" "$package/Sources/LinliKit" "$package/Sources/LinliUI" "$package/Stubs" "$package/Tests" \
    "$here/Linli" "$here/ci/Package.swift" "$here/ci/Stubs" "$here/ci/Tests"
echo "format: ok"
# XCTest has no tests here, and says so before the others are counted. One by one: memory is measured.
swift test --disable-xctest --no-parallel
[ "${1:-}" = kit ] || app swift test --disable-xctest
