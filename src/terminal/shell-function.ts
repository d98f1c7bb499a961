export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof SHELLS)[number]

/**
 * A process cannot move its parent, so the function hands the program a file to write the directory to, and goes there
 * once the program has ended well. A failure is caught, or `set -e` would end the shell before the file is removed.
 * Everything else passes through: arguments, standard streams, exit status. A prompt is printed too often for a file.
 */
const POSIX = `mhv() {
  [ "\${1-}" != prompt ] || { command mhv "$@"; return; }
  local mhv_file mhv_status=0
  mhv_file="$(mktemp "\${TMPDIR:-/tmp}/mhv.XXXXXX")" || { command mhv "$@"; return; }
  MHV_CD_FILE="$mhv_file" command mhv "$@" || mhv_status=$?
  if [ -s "$mhv_file" ]; then cd -- "$(cat "$mhv_file")" || mhv_status=$?; fi
  rm -f -- "$mhv_file"
  return $mhv_status
}`

const FISH = `function mhv
  test "$argv[1]" = prompt; and begin; command mhv $argv; return; end
  set -l mhv_file (mktemp); or begin; command mhv $argv; return; end
  MHV_CD_FILE=$mhv_file command mhv $argv
  set -l mhv_status $status
  if test -s $mhv_file
    cd -- (cat $mhv_file); or set mhv_status $status
  end
  rm -f -- $mhv_file
  return $mhv_status
end`

/** Code that defines the function `mhv` in a shell. */
export function shellFunction(shell: Shell): string {
  return shell === 'fish' ? FISH : POSIX
}
