#!/bin/sh
# Fill a folder with fresh secrets, one per file, readable by their owner alone. What is there stays.
#   sh deploy/make_secrets.sh /etc/billing-portal [HOST OF POSTGRESQL]
set -eu
folder=${1:?name the folder}
host=${2:-127.0.0.1}
umask 077
mkdir -p "$folder"

random() { # BYTES, as Fernet writes them
    head -c "$1" /dev/urandom | base64 -w 0 | tr '+/' '-_'
}
make() { # FILE CONTENT
    [ -e "$folder/$1" ] || printf '%s\n' "$2" >"$folder/$1"
}

make secret_key "$(random 60)"
make credential_keys "$(random 32)"
make metrics_token "$(random 30)"
make database_password "$(random 30)"
read -r password <"$folder/database_password"
make database_url "postgres://portal:$password@$host:5432/portal"
