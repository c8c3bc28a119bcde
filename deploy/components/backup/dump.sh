#!/bin/sh
# Dumps each database of $DATABASES into a folder named by this moment below $BACKUP_FOLDER, and removes what is older than
# $KEEP_DAYS. The address stands in a file, with @DATABASE@ where a database's name belongs.
set -eu
# By whichever system's line end it ends.
address=$(tr -d '\r\n' < "$CREDENTIALS_DIRECTORY/BACKUP_DATABASE_URL")
target=$BACKUP_FOLDER/$(date -u +%Y%m%dT%H%M%SZ)
mkdir "$target.part"
# What is not whole takes no room.
trap 'rm -rf "$target.part"' EXIT
for database in $DATABASES; do
  file=$target.part/$database.dump
  pg_dump --format=custom --file="$file" "$(printf %s "$address" | sed "s/@DATABASE@/$database/")"
  # What cannot be listed cannot be restored.
  pg_restore --list "$file" > /dev/null
done
mv "$target.part" "$target"
# What else lies there is somebody else's, such as lost+found.
find "$BACKUP_FOLDER" -mindepth 1 -maxdepth 1 -type d -name '????????T??????Z*' -mtime "+$KEEP_DAYS" -exec rm -r {} +
