# Programs out of a newer Debian suite's packages, unpacked into a folder and installed nowhere. Source it.
# shellcheck shell=bash
debian_suite=${PHI_DEBIAN_SUITE:-forky}

# The mirror that this machine already uses for Debian itself, from either form of a sources list.
debian_mirror() {
    local codename
    codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
    { cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list 2> /dev/null || true; } | awk -v code="$codename" '
        /^deb / { for (i = 2; i < NF; i++) if ($i ~ /^http/ && $(i + 1) == code) { print $i; exit } }
        /^URIs:/ { uri = $2 }
        /^Suites:/ { for (i = 2; i <= NF; i++) if ($i == code && uri != "") { print uri; exit } }
        /^$/ { uri = "" }'
}

# unpack_debian FOLDER PACKAGE…: makes the folder anew, from these packages and no others.
unpack_debian() (
    set -euo pipefail
    folder=$1
    shift
    mirror=$(debian_mirror)
    if [ -z "$mirror" ]; then
        echo "there is no Debian mirror in this machine's sources to take $* from" >&2
        exit 1
    fi
    state=$(mktemp -d)
    trap 'rm -rf "$state"' EXIT
    mkdir -p "$state"/{lists/partial,archives/partial,debs,root}
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $debian_suite main" > "$state/sources.list"
    : > "$state/status"
    apt=(-o Dir::State="$state" -o Dir::State::lists="$state/lists" -o Dir::State::status="$state/status"
        -o Dir::Cache="$state" -o Dir::Etc::sourcelist="$state/sources.list" -o Dir::Etc::sourceparts=/dev/null
        -o APT::Sandbox::User= -o Acquire::Languages=none -o APT::Get::List-Cleanup=0)
    apt-get "${apt[@]}" -qq update
    (cd "$state/debs" && apt-get "${apt[@]}" -qq download "$@")
    for deb in "$state"/debs/*.deb; do
        dpkg -x "$deb" "$state/root"
    done
    mkdir -p "$(dirname "$folder")"
    rm -rf "$folder"
    cp -a "$state/root" "$folder.new"
    mv "$folder.new" "$folder"
)
