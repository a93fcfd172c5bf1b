#!/bin/sh
# test.sh [MAVEN ARGUMENTS]: compiles the shell and runs its tests on a plain JVM, without a phone or Google's tools.
#
# Needs a JDK of 17 or later, Maven, and what cargo built: cargo build --package shared --package linli-desk
# Fetches Chinese fonts into cargo's target folder; nothing is installed on the machine, except missing system
# libraries where CI is set and the user is root.
# Ends with 77 if something is missing that the machine would have to give; with CI set, that is a failure.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "${CARGO_TARGET_DIR:-$here/../target}"
target=$(cd "${CARGO_TARGET_DIR:-$here/../target}" && pwd)

missing() {
    echo "not run: $1"
    [ -n "${CI:-}" ] && exit 1
    exit 77
}

is_root() { [ "$(id -u)" = 0 ]; }

refresh_lists() {
    [ -n "$(find /var/lib/apt/lists -name '*Packages*' 2>/dev/null | head -n 1)" ] && return
    is_root || missing "apt has no package lists; run: sudo apt-get update"
    apt-get update
}

check_java() {
    command -v java >/dev/null || missing "Java is missing (Debian: openjdk-17-jdk-headless)"
    command -v mvn >/dev/null || missing "Maven is missing (Debian: maven)"
    version=$(java -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p')
    [ "${version:-0}" -ge 17 ] || missing "Java is too old: ${version:-unknown}, needs 17"
    [ "$(uname -sm)" = "Linux x86_64" ] || missing "the library that draws is declared for Linux on x86-64 only"
}

# The drawing library loads these by name, headless or not.
check_libraries() {
    known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p)
    wanted=""
    for pair in libGL.so.1:libgl1 libX11.so.6:libx11-6 libfontconfig.so.1:libfontconfig1; do
        case "$known" in *"${pair%%:*} "*) ;; *) wanted="$wanted ${pair##*:}" ;; esac
    done
    [ -z "$wanted" ] && return
    if [ -n "${CI:-}" ] && is_root && command -v apt-get >/dev/null; then
        refresh_lists
        # shellcheck disable=SC2086 # several packages
        apt-get install --yes --no-install-recommends $wanted && return
    fi
    missing "system libraries are missing (Debian:$wanted)"
}

# Only these fonts, so that a picture is the same on every machine; and simplified shapes before Japanese ones.
write_font_configuration() {
    mkdir -p "$target/fonts/cache"
    cat >"$target/fonts/fonts.conf" <<XML
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>$fonts</dir>
  <cachedir>$target/fonts/cache</cachedir>
  <match target="pattern">
    <edit name="family" mode="append" binding="strong"><string>Noto Sans CJK SC</string></edit>
  </match>
</fontconfig>
XML
    export FONTCONFIG_FILE="$target/fonts/fonts.conf"
}

check_java
check_libraries
fonts=$(sh "$here/../tests/fonts.sh" "$target") || missing "$fonts"
write_font_configuration
cd "$here"
# clean: Surefire would run classes whose source is gone. Not quiet: that hides the counts.
exec mvn clean test "-Dcargo.target=$target" "$@"
