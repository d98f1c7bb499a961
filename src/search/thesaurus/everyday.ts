/** Plain words for what is done with things and how things are, whatever the program is about. */
export const EVERYDAY = `
add, introduce, include, put in, insert, append ~ new, support, implement
create, make, generate, produce, new, set up, made ~ init, scaffold, add
change, modify, edit, alter, adjust, tweak, adapt ~ update, rename, configure
remove, delete, drop, get rid, take out, eliminate, strip ~ cleanup, deprecate
replace, swap, exchange, switch to, instead of, change over ~ migrate, substitute
allow, let, permit, make possible, enable, support ~ option, permission
prevent, avoid, stop, block, forbid, guard against ~ validation, restrict
check, verify, make sure, ensure, validate, confirm, test whether ~ validation, assertion, test
detect, notice, recognize, recognise, discover, find out, spot ~ check, heuristic, warn
handle, deal with, cope with, treat, take care ~ error handling, edge case
keep, retain, preserve, kept, leave as is ~ retention, persist
lose, lost, forget, discard ~ data loss, persist
mark, highlight, label ~ tag, flag, badge
link, connect, associate, relate, attach, tie ~ reference, url, integration
separate, split, decouple, isolate, keep apart ~ extract, module
combine, merge, unify, join, put together ~ concatenate, aggregate
explain, describe, clarify, make clear, tell why ~ documentation, message, description
remember, memorize, save, store ~ persist, cache, history
share, publish, make available, make public ~ export, link, release
extend, expand, enlarge, broaden, add more ~ plugin, support
limit, restrict, cap, bound, at most ~ maximum, quota, threshold
reuse, use again, share code, common ~ shared, helper, duplicate
clear, empty, reset, wipe, clean ~ cleanup, purge, delete
trigger, cause, start off, set off, lead to ~ event, hook, hotkey
respect, honor, obey, take into account, follow setting ~ ignored, option, config
guess, assume, presume ~ heuristic, default, detect
expose, make accessible, publish, reveal ~ api, export, leak
adopt, switch over, move to, start using ~ migrate, replace
quick, short, brief, concise, terse ~ shortcut, summary
old, legacy, outdated, former, previous, obsolete ~ deprecated, migration
same, identical, equal, alike ~ duplicate, consistent
missing, lacking, absent, without ~ add, not found
useless, pointless, needless, unnecessary, superfluous, redundant, not needed ~ remove, dead code, duplicate
important, essential, crucial, vital, key ~ priority, critical
better, nicer, improved, prettier, more beautiful ~ polish, improve, style
ugly, unattractive, bad looking, looks bad ~ style, theme, polish, layout
again, once more, repeatedly, another time ~ retry, duplicate, repeat
immediately, at once, instantly, right away, straight away, instant ~ real time, fast, delay
gradually, step by step, bit by bit, little by little, incrementally, incremental ~ streaming, progressive, migration
accidentally, by mistake, by accident, unintentionally, inadvertently, mistakenly ~ undo, confirm, guard
on purpose, deliberately, intentional, intended, by design ~ wontfix, force
`
