#!/bin/sh
# books.sh: gets hledger and bean-check, by which the tests let the exported books be checked.
#
# What the machine has is used; what is missing comes into cargo's target folder, and nothing is installed.
# Ends with 1 and says how to get them if they cannot be had.
set -eu
here=$(cd "$(dirname "$0")/../../.." && pwd)
mkdir -p "${CARGO_TARGET_DIR:-$here/target}"
books=$(cd "${CARGO_TARGET_DIR:-$here/target}" && pwd)/books
mkdir -p "$books/bin"

hledger_runs() { PATH="$books/bin:$PATH" hledger --version; }
beancount_runs() { [ -x "$books/bin/bean-check" ] && "$books/bin/bean-check" --help >/dev/null; }

unpack_hledger() {
    rm -rf "$books/deb" && mkdir -p "$books/deb"
    (cd "$books/deb" && apt-get download hledger) || return 1
    dpkg-deb -x "$books"/deb/hledger_*.deb "$books/deb" || return 1
    cp "$books/deb/usr/bin/hledger" "$books/bin/hledger"
    rm -rf "$books/deb"
}

hledger_runs || unpack_hledger || { [ "$(id -u)" = 0 ] && apt-get update && unpack_hledger; } || {
    echo "hledger is missing; on Debian: sudo apt-get install hledger"
    exit 1
}
hledger_runs

# Version 3: it takes Chinese names of accounts.
beancount_runs || {
    python3 -m pip install --quiet --disable-pip-version-check --target "$books/python" 'beancount>=3.2,<4' || {
        echo "beancount is missing, and Python with pip could not fetch it; on Debian: sudo apt-get install python3-pip"
        exit 1
    }
    cat >"$books/bin/bean-check" <<'EOF'
#!/bin/sh
books=$(cd "$(dirname "$0")/.." && pwd)
PYTHONPATH="$books/python" exec python3 -m beancount.scripts.check "$@"
EOF
    chmod +x "$books/bin/bean-check"
}
beancount_runs
