/** Files and folders, what they are called, where they lie and who may touch them. */
export const FILES = `
file, document, files on disk ~ path, filename, extension, directory
folder, directory, dir, subfolder, subdirectory ~ path, mkdir, tree, workspace
create folder, make directory, mkdir, new folder ~ parent directory, recursive, eexist
project root, top folder, top level folder, top directory, base directory, main folder, repository root ~ workspace, cwd, monorepo
current directory, working directory, current folder, cwd, where started, pwd ~ relative path, chdir, project root
parent folder, parent directory, one level up, folder above, walk up ~ ancestor, lookup, upward
subfolder, subdirectory, nested folder, folder inside ~ recursive, monorepo, relative path
home directory, home folder, user folder ~ tilde, xdg, dotfile, profile
path, file path, location, where file is ~ absolute path, relative path, separator, resolve
absolute path, full path, complete path ~ relative path, resolve, root
relative path, relative to, dot dot ~ absolute path, cwd, resolve, join
path separator, backslash, forward slash, slashes, wrong slash ~ windows, posix, normalize
long path, path too long, filename too long ~ max path, windows, enametoolong
filename, file name, name of file, name of document ~ extension, basename, slug, sanitize
file extension, suffix, file ending, extension ~ mime type, file type
file type, kind of file, mime type, content type ~ extension, magic, detect
rename, change name, give another name, new name, called differently ~ move, alias, migrate, refactor
move, relocate, put elsewhere, shift, transfer ~ rename, migrate, reorganize
copy, clone, make copy, copied, replicate ~ duplicate, backup, paste
delete, remove, erase, get rid, throw away, drop, discard, wipe, clear out ~ trash, unlink, purge, cleanup, destroy
trash, recycle bin, wastebasket, soft delete, bin ~ undelete, restore, delete
overwrite, clobber, write over, replace file, overwritten, overwrote ~ data loss, force, backup, confirm
save, write, store, wrote, written, persist, put away ~ autosave, flush, disk, serialize
autosave, auto save, save automatically, saved by itself ~ draft, unsaved, debounce
unsaved, not saved, unsaved changes, forgot to save ~ dirty, autosave, draft, data loss
open, open file, load file, read file ~ editor, viewer, file handle
read, load, fetch from disk, read in ~ parse, stream, buffer, open
read only, readonly, cannot write, not writable, write protected ~ permission, immutable, erofs
permission denied, access denied, not allowed, no rights, no permission, not permitted ~ eacces, eperm, chmod, 403, unauthorized
file permission, mode bits, chmod, access rights, file mode ~ executable bit, umask, owner, acl
file owner, ownership, chown, belongs to ~ uid, group, permission, docker
symlink, symbolic link, soft link, link to file, hard link, junction ~ resolve, realpath, dangling, loop
temp file, temporary file, tmp, scratch file, temp directory ~ cleanup, tmpdir, leftover, atomic
atomic write, write safely, all or nothing, half written, partially written ~ rename, fsync, temp file, crash safe, transaction
fsync, flush, flush to disk, really on disk ~ durability, power loss, crash safe
lock file, file lock, locked file, in use, being used, another process ~ flock, pid, ebusy, stale lock, concurrency
hidden file, dotfile, dot file, starts with dot ~ ignore, config, home directory
ignore file, gitignore, exclude files, skip files, leave out files ~ glob, pattern, dockerignore
exclude, skip, leave out, omit, ignore, except, filter out, without ~ ignore file, pattern, blacklist, denylist
include, contain, add in, take in, take into account ~ allowlist, pattern, embed
recursive, recursively, all subfolders, whole tree, walk, traverse, traversal ~ glob, tree, depth, nested
case sensitive, case insensitive, upper lower case, capitalization of name ~ macos, windows, lowercase, collation
file size, how big, size on disk, too big, bytes ~ limit, large file, disk usage, compress
large file, big file, huge file ~ stream, chunk, lfs, memory, limit
disk, hard drive, drive, storage device, ssd, hard disk ~ disk usage, volume, mount, partition, disk full
disk usage, space used, take up space, disk space, eat disk ~ cleanup, prune, size, quota
file system, filesystem, fs ~ ntfs, ext4, apfs, btrfs, nfs, mount, inode
network drive, nfs, shared folder, network share, samba, smb ~ mount, lock, latency, sshfs
cloud drive, dropbox, onedrive, google drive, icloud ~ sync, conflict, storage
mount, attach drive, mounted, volume ~ docker, fuse, partition, filesystem
compress, compression, zip, pack, gzip, squeeze, make smaller ~ zstd, brotli, tar, archive, deflate, size
archive file, zip file, tarball, tar, packed file ~ gzip, extract, unzip, 7z, compress
extract archive, unpack, unzip, decompress, untar, uncompress ~ zip slip, archive, tarball
file format, format, file layout ~ json, yaml, csv, xml, binary, schema, parser
json, json file ~ ndjson, jsonl, json5, schema, parse, serialize
yaml, yml ~ config, indentation, front matter, anchors
toml ~ config, cargo, pyproject
xml ~ xslt, soap, dtd, namespace, sax, svg
csv, comma separated, spreadsheet file, tsv ~ delimiter, excel, import, export, quote
spreadsheet, excel, xlsx, google sheets, workbook ~ csv, formula, cell, libreoffice
text file, plain text, txt ~ encoding, line ending, utf-8
binary file, not text, binary data, blob ~ bytes, base64, encoding, lfs
line ending, newline, crlf, carriage return, end of line, eol ~ windows, autocrlf, editorconfig, lf
trailing newline, final newline, newline at end ~ eof, editorconfig, format
file watcher, file changed, notice changes, detect changes ~ inotify, fsevents, watch, polling
checksum, hash, digest, fingerprint ~ sha256, md5, integrity, verify, crc
metadata, extra information, attributes, properties ~ exif, header, front matter, tag, xattr
modification time, mtime, last modified, when changed, file date ~ timestamp, stat, utimes
template, boilerplate, skeleton, scaffold, starter, blank form ~ generator, placeholder, mustache, jinja, handlebars
scaffold, generate project, new project, bootstrap project, set up project ~ template, init, generator, cookiecutter
inspect, examine, look into, look at ~ debug, dump, view, show
attachment, attached file, attach, enclosed file ~ upload, mail, image, screenshot
`
