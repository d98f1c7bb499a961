import { createHash } from 'node:crypto'
import { HANDLED, type HandledHook, isHandled } from './hook-names.ts'

/** What an earlier hook is called while ours stands in its place. */
export const KEPT = '.before-mhv'

/** The variable that makes a hook of ours answer with its value instead of doing anything. */
export const CANARY = 'MHV_HOOK_CANARY'

const MARK = '# Git hook of mhv, which `mhv hooks uninstall` takes away again.'

export interface ShimFacts {
  readonly hook: string
  /** Node, and the program's entry, as they were at installation. */
  readonly node: string
  readonly program: string
  /** Directory of the hooks that git would run without us, as core.hooksPath named it; null: they are beside ours. */
  readonly former: string | null
  /** The main worktree, where a relative `former` is looked for that the worktree at hand does not have. */
  readonly top: string
}

/** The last line says what the lines above it were. */
const sealed = (text: string) => `${text}# ${createHash('sha256').update(text).digest('hex')}\n`

/** Whether a hook of ours, of this version or another, is as it was written: nobody has put anything into it. */
export function isAsWritten(text: string): boolean {
  const at = text.lastIndexOf('# ')
  return at > 0 && sealed(text.slice(0, at)) === text
}

/** Whether a file's text is a hook of ours, of this version or another. */
export const isShim = (text: string): boolean => text.startsWith(`#!/bin/sh\n${MARK}\n`)

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

/** Names have a prefix: a variable that the user's environment exports by the same name would change for their hooks. */
const head = ({ hook, node, program, former, top }: ShimFacts) => `#!/bin/sh
${MARK}
mhv_hook=${quoted(hook)}
mhv_node=${quoted(node)}
mhv_program=${quoted(program)}
mhv_former=${quoted(former ?? '')}
mhv_top=${quoted(top)}

case $0 in
*/*) mhv_here=\${0%/*} ;;
*) mhv_here=. ;;
esac
`

/** Answered in front of everything, so that asking whether a hook lives runs no hook of the user's. */
const canary = `
if [ -n "\${${CANARY}-}" ]; then
  mhv_state=lost
  if [ -f "$mhv_program" ] && { [ -x "$mhv_node" ] || command -v node >/dev/null 2>&1; }; then mhv_state=alive
  elif command -v mhv >/dev/null 2>&1; then mhv_state=alive; fi
  echo "$${CANARY} $mhv_hook $mhv_state" >&2
  exit 0
fi
`

/**
 * Finds the hook that was there before, as git would have: a file that may be executed. Never this one again. One that
 * stands beside ours in any case is a hook manager's, which has put it where git looks now, in place of its earlier one.
 */
const chain = `
mhv_chained=$mhv_here/$mhv_hook${KEPT}
if [ -n "$mhv_former" ] && [ ! -x "$mhv_chained" ]; then
  case $mhv_former in
  /*) mhv_chained=$mhv_former/$mhv_hook ;;
  *)
    mhv_chained=./$mhv_former/$mhv_hook
    [ -d "$mhv_former" ] || mhv_chained=$mhv_top/$mhv_former/$mhv_hook
    ;;
  esac
fi
if [ ! -f "$mhv_chained" ] || [ ! -x "$mhv_chained" ] || [ "$mhv_chained" -ef "$0" ]; then mhv_chained=; fi
`

const passOn = `
[ -n "$mhv_chained" ] || exit 0
exec "$mhv_chained" "$@"
`

/**
 * A gate's word (3) stops git, and so does an interruption: by the user, or by a system that ran out of memory while gates
 * ran. Never that we are missing or broken.
 */
const run = `
mhv_run() {
  if [ -f "$mhv_program" ] && [ -x "$mhv_node" ]; then "$mhv_node" "$mhv_program" hook "$mhv_hook" "$@"
  elif [ -f "$mhv_program" ] && command -v node >/dev/null 2>&1; then node "$mhv_program" hook "$mhv_hook" "$@"
  elif command -v mhv >/dev/null 2>&1; then mhv hook "$mhv_hook" "$@"
  else
    echo "mhv: not found any more, so $mhv_hook goes on without it (mhv hooks install mends this)" >&2
    return 0
  fi
  mhv_ended=$?
  case $mhv_ended in
  0) return 0 ;;
  3) return 1 ;;
  129 | 130 | 143) return "$mhv_ended" ;;
  137)
    echo "mhv: was killed before it had an answer, so $mhv_hook stops" >&2
    return "$mhv_ended"
    ;;
  esac
  echo "mhv: failed with status $mhv_ended, so $mhv_hook goes on without it (mhv doctor may say why)" >&2
  return 0
}
`

/**
 * Graphical clients start git with a bare PATH. What came with the Node that runs us, as npm and npx did where a version
 * manager keeps it, is then found all the same; after everything else, so that nothing is found that was not meant.
 */
const nodesTools = `
case :\${PATH-}: in
*":\${mhv_node%/*}:"*) ;;
*) PATH=\${PATH:+$PATH:}\${mhv_node%/*} ;;
esac
`

/**
 * Runs the earlier hook. A hook manager among those may put its own hooks in our places meanwhile, as `lefthook run` does
 * when its configuration has changed; then ours are put in front again, since what comes next would go through unseen.
 * Not where they had been replaced before, or were taken away on purpose, which the record of the installation tells.
 */
const runChained = `
mhv_look() {
  mhv_lost=
  for mhv_each in ${HANDLED.join(' ')}; do
    mhv_second=
    if [ -f "$mhv_here/$mhv_each" ]; then
      { IFS= read -r mhv_line; IFS= read -r mhv_second; } <"$mhv_here/$mhv_each"
    fi
    [ "$mhv_second" = ${quoted(MARK)} ] || mhv_lost="$mhv_lost $mhv_each"
  done
}
mhv_chain() {
  mhv_look
  mhv_before=$mhv_lost
  "$mhv_chained" "$@"
  mhv_status=$?
  mhv_look
  if [ "$mhv_lost" = "$mhv_before" ] || [ ! -f "$mhv_here/../mtos-hooks/installed.json" ]; then return "$mhv_status"; fi
  if [ -x "$mhv_node" ] && "$mhv_node" "$mhv_program" hooks install </dev/null >/dev/null 2>&1; then
    echo "mhv: something took the place of these hooks, which are back in front of it:$mhv_lost" >&2
  else
    echo "mhv: SOMETHING TOOK THE PLACE OF THESE HOOKS, and gates do not run there any more (mhv hooks install mends this):$mhv_lost" >&2
  fi
  return "$mhv_status"
}
`

const chainFirst = `${runChained}
if [ -n "$mhv_chained" ]; then mhv_chain "$@" || exit $?; fi
`

/** Whether what a stamp of pass-stamp.ts rests on still holds. $2 is the state of the remote that it may be bound to. */
const holds = `
mhv_holds() {
  [ -f "$1" ] || return 1
  mhv_end=
  while IFS= read -r mhv_line; do
    mhv_value=\${mhv_line#* }
    case $mhv_line in
    'mhv-stamp 1') ;;
    'path '*) if [ ! -e "$mhv_value" ] || [ "$mhv_value" -nt "$1" ]; then return 1; fi ;;
    'absent '*) [ ! -e "$mhv_value" ] || return 1 ;;
    'env '* | 'unset '*)
      mhv_name=\${mhv_value%% *}
      case $mhv_name in '' | [0-9]* | *[!A-Za-z0-9_]*) return 1 ;; esac
      eval "mhv_now=\\\${$mhv_name-} mhv_set=\\\${$mhv_name+env}"
      [ "\${mhv_set:-unset} $mhv_name\${mhv_set:+ }$mhv_now" = "$mhv_line" ] || return 1
      ;;
    'path-variable '*) [ "\${PATH-}" = "$mhv_value" ] || return 1 ;;
    'against '*) [ "$2" = "$mhv_value" ] || return 1 ;;
    end) mhv_end=1 ;;
    *) return 1 ;;
    esac
  done <"$1"
  [ -n "$mhv_end" ]
}
`

/** This worktree's git directory, by reading what git would read. */
const gitDirectory = `
mhv_git=\${GIT_DIR-.git}
if [ -f "$mhv_git" ]; then
  IFS= read -r mhv_line <"$mhv_git"
  mhv_git=\${mhv_line#gitdir: }
fi
`

/** Fields are cut off from the right: what stands on the left may be an expression with blanks, as HEAD@{1 day ago}. */
const prePush = `${runChained}
mhv_input=
while IFS= read -r mhv_line; do
  mhv_input=$mhv_input$mhv_line'
'
done
mhv_input=$mhv_input$mhv_line
if [ -n "$mhv_chained" ]; then
  printf '%s' "$mhv_input" 2>/dev/null | mhv_chain "$@" || exit $?
fi
${nodesTools}${holds}
mhv_passed() {
  mhv_seen=
  while IFS= read -r mhv_rest; do
    mhv_old=\${mhv_rest##* }
    mhv_rest=\${mhv_rest% *}
    mhv_ref=\${mhv_rest##* }
    mhv_rest=\${mhv_rest% *}
    mhv_id=\${mhv_rest##* }
    case $mhv_id in *[!0]*) ;; *) continue ;; esac
    case $mhv_ref in refs/heads/* | refs/tags/*) ;; *) continue ;; esac
    [ "$mhv_id" != "$mhv_old" ] || continue
    case $mhv_id in *[!0-9a-f]*) return 1 ;; esac
    # Many tags may name one commit, whose stamp need not be read for each.
    [ "$mhv_id $mhv_old" != "$mhv_seen" ] || continue
    mhv_holds "$mhv_here/../mtos/gates/passed/$mhv_id" "$mhv_old \${2-}" || return 1
    mhv_seen="$mhv_id $mhv_old"
  done <<MHV_INPUT
$mhv_input
MHV_INPUT
}
if [ -n "$mhv_input" ] && mhv_passed "$@"; then exit 0; fi
${run}
printf '%s' "$mhv_input" | mhv_run "$@"
`

/** A stamp in the worktree's git directory says that its configuration has nothing for this moment. */
const preCommit = `${chainFirst}${nodesTools}${gitDirectory}${holds}
mhv_holds "$mhv_git/mtos-no-pre-commit" '' && exit 0
${run}
mhv_run "$@" </dev/null
`

/** Most branches belong to no task, and then one git is all that this costs. */
const commitMsg = `${chainFirst}${gitDirectory}
mhv_line=
[ ! -f "$mhv_git/HEAD" ] || IFS= read -r mhv_line <"$mhv_git/HEAD"
case $mhv_line in
'ref: refs/heads/.invalid') ;;
'ref: refs/heads/'*) git config "branch.\${mhv_line#ref: refs/heads/}.mtosTask" >/dev/null 2>&1 || exit 0 ;;
*) exit 0 ;;
esac
${run}
mhv_run "$@" </dev/null
`

/** What is done already cannot be stopped: the earlier hook's status is the answer, as it would be without us. */
const afterwards = (condition: string) => `${runChained}
mhv_status=0
if [ -n "$mhv_chained" ]; then
  mhv_chain "$@"
  mhv_status=$?
fi
if [ -n "\${MHV_WITHIN-}" ]${condition} || [ ! -d "$mhv_here/../worktrees" ]; then exit "$mhv_status"; fi
${run}
mhv_run "$@" </dev/null
exit "$mhv_status"
`

const OWN: Readonly<Record<HandledHook, string>> = {
  'pre-commit': preCommit,
  'commit-msg': commitMsg,
  'pre-push': prePush,
  'post-merge': afterwards(''),
  'post-rewrite': afterwards(''),
  'post-checkout': afterwards(' || [ "$3" != 1 ]'),
}

/** The text of a git hook: a POSIX shell script that starts Node only where there is something to do. */
export function shimText(facts: ShimFacts): string {
  return sealed(`${head(facts)}${canary}${chain}${isHandled(facts.hook) ? OWN[facts.hook] : passOn}`)
}
