#!/bin/sh
# Makes the cluster at the first start and runs it. A cluster that was only half made is made again.
set -eu

bin=$(dirname "$(ls -1 /usr/lib/postgresql/*/bin/postgres | sort -V | tail -n 1)")

if [ ! -e "$PGDATA/PG_VERSION" ]; then
    draft="$PGDATA.draft"
    rm -rf "$draft"
    secret=$(mktemp)
    printf '%s\n' "$POSTGRES_PASSWORD" >"$secret"
    "$bin/initdb" --pgdata="$draft" --username=ghar --pwfile="$secret" --auth=scram-sha-256 \
        --encoding=UTF8 --locale=C.UTF-8
    rm "$secret"
    echo "host all all all scram-sha-256" >>"$draft/pg_hba.conf"
    echo "CREATE DATABASE ghar" | "$bin/postgres" --single -D "$draft" postgres
    mv "$draft" "$PGDATA"
fi

exec "$bin/postgres" -D "$PGDATA" \
    -c listen_addresses='*' \
    -c unix_socket_directories=/tmp \
    -c max_connections=200 \
    -c shared_preload_libraries=pg_stat_statements \
    -c shared_buffers=256MB \
    -c work_mem=16MB \
    -c random_page_cost=1.1 \
    -c jit=off \
    -c max_locks_per_transaction=256 \
    -c timezone=UTC
