#!/bin/sh
# fonts.sh TARGET: prints the folder that holds NotoSansCJK-Regular.ttc: the machine's own, or one in cargo's target
# folder, into which it fetches Debian's package; nothing is installed on the machine.
# If there is none to be had, it prints why and ends with 1.
set -eu
target=$1

missing() {
    echo "$1"
    exit 1
}

fonts() {
    for place in /usr/share/fonts /usr/local/share/fonts "$target/fonts/noto-cjk"; do
        found=$(find "$place" -name NotoSansCJK-Regular.ttc 2>/dev/null | head -n 1)
        [ -n "$found" ] && dirname "$found" && return
    done
}

is_root() { [ "$(id -u)" = 0 ]; }

download() { (cd "$target/fonts.new" && apt-get download fonts-noto-cjk) >&2; }

fetch() {
    command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null \
        || missing "Chinese fonts are missing: install Noto Sans CJK (Debian: fonts-noto-cjk)"
    rm -rf "$target/fonts.new" && mkdir -p "$target/fonts.new/noto-cjk"
    # Lists that are not there, or are too old, name no package or one that is gone.
    download || { is_root && apt-get update >&2 && download; } \
        || missing "Chinese fonts could not be fetched; try: sudo apt-get update"
    dpkg-deb -x "$target"/fonts.new/fonts-noto-cjk_*.deb "$target/fonts.new/noto-cjk"
    rm -f "$target"/fonts.new/*.deb
    # Whole or not at all.
    rm -rf "$target/fonts" && mv "$target/fonts.new" "$target/fonts"
    [ -n "$(fonts)" ] || missing "the package fonts-noto-cjk holds no NotoSansCJK-Regular.ttc"
}

[ -n "$(fonts)" ] || fetch
fonts
