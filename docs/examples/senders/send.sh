#!/bin/sh
# Tells every pod that something has changed: sh send.sh topic flags | path /hello | tag posts
# Needs curl, openssl, EVERYPOD_BRIDGE_URL and EVERYPOD_SECRET.
set -eu

kind=${1:?topic, path or tag} value=${2:?what has changed}
case $kind in topic | path | tag) ;; *) echo 'Say topic, path or tag.' >&2; exit 2 ;; esac
case $value in *[\"\\]*) echo 'Write no quotation mark and no backslash.' >&2; exit 2 ;; esac

# HMAC-SHA256 of standard input (RFC 2104), in base64. openssl has it ready made, but takes the key as an argument,
# which every user of this machine can read; printf is a part of the shell.
hmac() {
  key=$(printf %s "${1#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')
  if [ ${#key} -gt 128 ]; then echo 'The secret has more than 64 bytes.' >&2; exit 2; fi
  inner='' outer=''
  while [ ${#key} -lt 128 ]; do key=${key}0; done
  while [ -n "$key" ]; do
    rest=${key#??} byte=$((0x${key%"${key#??}"}))
    inner=$inner$(printf '\\%03o' $((byte ^ 0x36))) outer=$outer$(printf '\\%03o' $((byte ^ 0x5c)))
    key=$rest
  done
  { printf "$outer"; { printf "$inner"; cat; } | openssl dgst -sha256 -binary; } |
    openssl dgst -sha256 -binary | openssl base64 -A
}

# The id stays the same over attempts at the same event; the timestamp of the signature is that of each attempt.
id=evt_$(openssl rand -hex 16)
seconds=$(date +%s)
body='{"type":"content.changed","timestamp":"'$(date -u +%Y-%m-%dT%H:%M:%SZ)'","data":{"site":"'$EVERYPOD_BRIDGE_URL'",
"change":"content.changed","subject":{"kind":"command","id":"send.sh"},"actor":null,"targets":[{"'$kind'":"'$value'"}]}}'

signatures=''
for secret in $EVERYPOD_SECRET; do
  signatures="$signatures v1,$(printf %s "$id.$seconds.$body" | hmac "$secret")"
done

curl --fail-with-body --silent --show-error --max-time 20 "$EVERYPOD_BRIDGE_URL/v1/events" \
  --header 'content-type: application/json' --header 'prefer: wait=10' \
  --header "webhook-id: $id" --header "webhook-timestamp: $seconds" --header "webhook-signature: ${signatures# }" \
  --data-binary "$body"
