#!/bin/sh
# Print a Python of version 3.12 or newer that really runs and can make a venv.
# A version manager may put names on the PATH that exist and refuse to run, so each is tried.

works() {
    "$1" -c '
import sys
import ensurepip, sqlite3, ssl, venv
sys.exit(not ((3, 12) <= sys.version_info < (4,)))
' >/dev/null 2>&1
}

shims=$(dirname "$(command -v python3 2>/dev/null || echo /none/none)")
account=$(getent passwd "$(id -u)" 2>/dev/null | cut -d: -f6) # HOME may be another's
set -- "$FACTBASE_PYTHON" python3.13 python3.12 python3.14 python3 python
for minor in 13 12 14; do
    for root in "$PYENV_ROOT" "$HOME/.pyenv" "$account/.pyenv" "$shims/.."; do
        set -- "$@" "$root"/versions/3.$minor*/bin/python3
    done
    set -- "$@" "$HOME"/.local/share/uv/python/cpython-3.$minor*/bin/python3 \
        "$HOME/.local/bin/python3.$minor" "/usr/local/bin/python3.$minor" \
        "/usr/bin/python3.$minor" "/opt/python3.$minor/bin/python3.$minor"
done

for candidate in "$@"; do
    [ -n "$candidate" ] || continue
    if works "$candidate"; then
        "$candidate" -c 'import sys; print(sys.executable)'
        exit 0
    fi
done

echo "No working Python 3.12 or newer was found (with venv, sqlite3 and ssl)." >&2
echo "On Debian and Ubuntu: apt-get install python3 python3-venv; or name one:" >&2
echo "    make setup FACTBASE_PYTHON=/path/to/python3.13" >&2
exit 1
