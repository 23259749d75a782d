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
for candidate in \
    "$FACTBASE_PYTHON" python3.13 python3.12 python3.14 python3 python \
    "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[2-9]*/bin/python3 \
    "$shims"/../versions/3.1[2-9]*/bin/python3 \
    "$HOME"/.local/share/uv/python/cpython-3.1[2-9]*/bin/python3 \
    "$HOME"/.local/bin/python3.1[2-9] \
    /usr/local/bin/python3.1[2-9] /usr/bin/python3.1[2-9] /opt/python*/bin/python3.1[2-9]
do
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
