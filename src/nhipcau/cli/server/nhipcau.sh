#!/bin/sh
# /usr/local/bin/nhipcau: the command with the settings of this instance.
set -a
. /etc/nhipcau/env
set +a
exec /opt/nhipcau/bin/nhipcau "$@"
