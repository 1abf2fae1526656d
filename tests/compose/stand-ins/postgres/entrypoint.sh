#!/bin/sh
# The first start makes the cluster, its one user and its one database; every start then becomes the server.
set -eu
if [ ! -s "$PGDATA/PG_VERSION" ]; then
    printf '%s' "$POSTGRES_PASSWORD" > /tmp/password
    initdb --username="$POSTGRES_USER" --pwfile=/tmp/password --auth=scram-sha-256 --no-sync > /dev/null
    rm /tmp/password
    echo 'host all all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
    # While it is being made it listens to nobody but us, as the official one does.
    pg_ctl start --silent --wait --log=/tmp/first-start --options="-c listen_addresses=''"
    PGPASSWORD="$POSTGRES_PASSWORD" createdb --username="$POSTGRES_USER" "$POSTGRES_DB"
    pg_ctl stop --silent --wait
fi
exec "$@" -c listen_addresses='*'
