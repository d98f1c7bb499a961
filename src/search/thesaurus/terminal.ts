/** Terminals, shells, command lines, and the processes they start. */
export const TERMINAL = `
command line, cli, command line tool, terminal program, console program ~ subcommand, flag, argument, shell, terminal
terminal, console, tty, shell window, black window, command window ~ iterm, tmux, xterm, ansi, pty, windows terminal, stdout
terminal ui, tui, text interface, full screen terminal ~ curses, ncurses, ratatui, bubbletea, ink, interactive
shell, command interpreter, command prompt ~ bash, zsh, fish, powershell, cmd, sh, posix
windows shell, powershell, pwsh, cmd.exe, batch file ~ windows, bat, ps1, wsl
command, subcommand, verb, instruction ~ cli, alias, help, argument
flag, option, switch, command line option, parameter, dash dash ~ argument, long option, short option, boolean flag, default
argument, parameter, arg, argv, value passed, positional ~ flag, option, argparse, variadic, usage
parse arguments, argument parser, option parser, argument parsing ~ argparse, clap, yargs, commander, oclif, click, cobra, getopt
help, help text, usage, manual page, man page, how to use ~ usage message, description, docs
tab completion, shell completion, complete command, press tab, auto complete ~ bash completion, zsh, fish, compdef
prompt, ask user, question, ask for input, interactive question ~ inquirer, confirm, readline, yes no, stdin
interactive, ask questions, dialogue, wait for user ~ prompt, tty, noninteractive, ci
noninteractive, non interactive, without asking, unattended, scripted, headless, no questions, batch mode ~ yes flag, ci, force, tty
standard output, stdout, output, what is printed, print ~ stderr, pipe, redirect, console
standard error, stderr, error stream, error output ~ stdout, log, redirect
standard input, stdin, piped in, read from pipe ~ pipe, heredoc, eof, dash
pipe, pipeline, piping, chain commands, feed into ~ stdin, stdout, broken pipe, sigpipe, grep, xargs
broken pipe, epipe, sigpipe, pipe closed ~ head, less, stdout
pager, paged output, long output ~ less, more, bat, scroll
colored output, colour output, ansi color, terminal color, escape code, escape sequence ~ no color, chalk, ansi, truecolor, tty
no color, without color, plain output, disable color, monochrome ~ no_color, ansi, tty, force color
quiet, silent, less output, no output, say less, mute ~ verbose, log level, suppress
verbose, more output, detailed output, chatty, say more ~ quiet, debug, log level
machine readable, structured output, json output, parseable, for scripts, scriptable ~ json, porcelain, ndjson, format
human readable, readable output, easy to read, pretty print, nice output ~ format, table, indentation
suppress, silence, mute, do not print, hide output ~ quiet, disable warning, redirect
script, shell script, automate, automation, bash script ~ makefile, cron, scripted, hook
alias, short name, shorthand, abbreviation, nickname, other name ~ shortcut, symlink, rename
environment variable, env var, env, variable from shell ~ dotenv, path, export, config
path variable, command not found, not on path, search path, cannot find command ~ which, executable, install, shim
executable, binary, runnable, exe, program file ~ permission, chmod, shebang, path, spawn
shebang, hash bang, first line script ~ env, executable, interpreter
run, execute, invoke, launch, ran, start program, call ~ spawn, exec, command, runner
child process, subprocess, spawn, fork, start another program, exec ~ exit code, stdin, signal, zombie, orphan
process, running program, background process, pid ~ daemon, kill, zombie, process group, child
daemon, background service, background process, run in background, keeps running ~ systemd, launchd, service, pid file
signal, sigint, sigterm, ctrl c, kill signal ~ sigkill, sighup, handler, graceful shutdown
kill, terminate, end process, stop process, force quit ~ signal, pid, orphan, taskkill
shutdown, shut down, stop server, close down, turn off ~ graceful, exit, signal, drain
exit, quit, leave program, end, close program ~ exit code, shutdown, ctrl c, atexit
cleanup on exit, left behind, leftovers, leftover, residue, orphan ~ temp file, zombie, finally, atexit
watch, watch mode, monitor files, on file change, rerun on change, keep watching ~ inotify, chokidar, fsevents, hot reload, poll
hot reload, live reload, reload automatically, hmr, pick up changes ~ watch, vite, dev server, fast refresh
dry run, simulate, what would happen, pretend, without changing anything, preview changes ~ noop, plan, no write
repl, interactive shell, interactive console ~ readline, history, evaluate
command history, previous commands, shell history ~ readline, arrow up, repl
line editing, edit input line, readline ~ vi mode, cursor, history, ctrl a
cursor, caret, text cursor, insertion point ~ blink, position, mouse, selection
window size, terminal width, terminal size, number of columns ~ resize, sigwinch, wrap, 80 columns
multiplexer, tmux, screen session, terminal tabs ~ pane, zellij, session
quoting, quotes, quote, escape, escaping, special characters ~ shell, backslash, injection, space in path
spaces in path, space in name, path with spaces, blank in name ~ quoting, escaping, windows
glob, wildcard, star pattern, file pattern, asterisk ~ minimatch, expand, double star, ignore
linux, unix, gnu linux ~ ubuntu, debian, fedora, arch, alpine, nixos, red hat, centos, suse
windows, microsoft os, microsoft windows, win32 ~ powershell, wsl, backslash, registry, cmd, msi, ntfs
macos, mac, apple, os x, macbook, darwin ~ apple silicon, m1, homebrew, finder, notarize, launchd
operating system, os, platform ~ linux, windows, macos, bsd, android
freebsd, bsd, openbsd, netbsd ~ unix, port
wsl, windows subsystem, linux on windows ~ ubuntu, windows, path
ssh, remote shell, remote machine, log in remotely, remote host ~ ssh key, agent, known hosts, scp, tunnel
sudo, root, superuser, as administrator, elevated, admin rights ~ privilege, permission, uac
`
