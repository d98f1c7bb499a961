/** Times and numbers, and what is done with many values: to count, sort, filter and search them. */
export const VALUES = `
time, clock, point in time, when ~ timestamp, hour, duration, time zone
date, day, calendar day ~ timestamp, iso 8601, date format, calendar
timestamp, date and time, datetime, time stamp, when it happened ~ epoch, iso 8601, utc, unix time
time zone, timezone, local time, other country time, hours off, hour off ~ utc, dst, offset, iana, tz
daylight saving, dst, summer time, clock change, clocks change, winter time ~ time zone, offset
utc, gmt, universal time, zulu ~ time zone, local time, offset
clock skew, clock wrong, clocks differ, wrong system time, clock drift ~ ntp, monotonic, timestamp, sync
monotonic, never goes back, monotonic clock ~ clock, timer, counter, sequence
date format, how dates written, day month year, american date, date display ~ iso 8601, locale, strftime
relative time, ago, days ago, time ago, how long ago ~ timestamp, humanize, date
duration, how long, time span, length of time, period, elapsed ~ seconds, timeout, interval, iso 8601
interval, every few minutes, how often, frequency, period ~ polling, cron, timer, schedule
schedule, plan, cron, regularly, at fixed times, timed job, recurring ~ scheduler, cron job, calendar, nightly
recurring, repeat regularly, every week, every day, periodic, repeating ~ cron, schedule, recurrence, rrule
nightly, every night, overnight, daily ~ cron, build, schedule
deadline, due date, due, until when, must be done, target date, finish by ~ overdue, milestone, reminder, late
overdue, late, past due, too late, missed deadline, behind schedule, delayed ~ deadline, slip, reminder
reminder, remind, nudge, do not forget ~ notification, due date, alarm
today, now, current day, this day ~ date, deadline, daily
week, weekly, every week, this week ~ sprint, iso week, weekday, report
weekday, day of week, monday, working day, business day, weekend ~ calendar, holiday, locale
month, monthly, quarter, year, yearly, annual ~ calendar, leap year, billing
leap year, february 29, leap day, leap second ~ date, calendar
recent, recently, latest, lately, newest, most recent, last few ~ newest first, history, date
old, ancient, aged, long ago, oldest ~ stale, legacy, deprecated, archive
age, how old, since when ~ stale, created, birthday
expire, expiry, expiration, run out, no longer valid, lapse, ttl, time to live ~ token, cache, certificate, session, renew
delay, postpone, defer, put off, later, hold back, snooze ~ debounce, sleep, lazy, backlog
wait, sleep, pause, hold on, stand by ~ delay, timeout, poll, await, block
timer, countdown, stopwatch, alarm ~ setinterval, pomodoro, time tracking
time tracking, hours worked, time spent, log hours, timesheet ~ timer, estimate, report
estimate, estimation, how long will, effort, guess time, forecast, prediction ~ story points, velocity, eta, monte carlo
eta, when finished, when ready, expected date, how long left ~ estimate, forecast, progress
history, past, what happened before, earlier states, over time ~ changelog, log, audit, git log, timeline
timeline, gantt, chronology, order of events, roadmap view ~ history, chart, schedule
chronological, time order, by date, time sequence ~ sort, timeline, newest first
number, numeric, figure, digit, digits ~ integer, float, count, decimal
integer, whole number, int ~ overflow, bigint, number, signed
decimal, float, floating point, fraction, decimal places, after comma ~ rounding, precision, double, nan
rounding, round, round off, rounded, off by cent ~ precision, decimal, float, money
precision, accuracy, exact, exactly, accurate ~ rounding, float, digits
integer overflow, number too big, too large number, wrap around ~ int64, bigint, overflow, 2038
nan, not a number, infinity ~ float, divide by zero, parse
divide by zero, division by zero ~ nan, infinity, exception
percent, percentage, share, proportion, ratio ~ progress, rate, fraction
negative, below zero, minus, less than zero ~ signed, unsigned, underflow
zero, nought, none at all ~ empty, null, falsy
thousands separator, decimal comma, number format, digit grouping ~ locale, format, intl
unit, unit of measure, metric, inches, celsius ~ convert, conversion, bytes, px
convert, conversion, turn into, transform, change into ~ transformation, cast, migrate, parse, encode
random, randomness, arbitrary, by chance ~ seed, rng, entropy, uuid, shuffle
seed, random seed, same random numbers ~ deterministic, fixture, rng
deterministic, always the same, same every time, predictable, stable order ~ nondeterministic, reproducible, seed, sort
math, calculation, compute, calculate, arithmetic, work out ~ formula, sum, rounding
sum, total, add up, altogether, grand total ~ aggregate, count, rollup
average, mean, median, typical value ~ statistics, percentile, aggregate
statistics, stats, figures, numbers about, analytics ~ metrics, report, chart, average, count
aggregate, aggregation, group by, roll up, rollup, grouped ~ sum, count, statistics, bucket
minimum, smallest, least, lowest, at least ~ min, lower bound, limit
maximum, largest, biggest, most, highest, at most ~ max, upper bound, limit
threshold, limit value, cutoff, tolerance ~ limit, trigger, alert
range, from to, between, span ~ interval, bounds, inclusive, slice
increase, raise, go up, more, higher, bump, increment ~ grow, counter, limit
decrease, reduce, lower, go down, fewer, less, cut down, lessen ~ shrink, decrement, minimize
count, how many, number of, amount, quantity, tally ~ counter, total, statistics
counter, running number, increment, sequence number ~ count, id, autoincrement
identifier, id, number, unique id, key, reference number ~ uuid, primary key, slug, ulid, handle
short id, abbreviated id, short number, prefix of id, abbreviation ~ identifier, ambiguous, prefix
unique, only one, no two same, uniqueness ~ duplicate, constraint, collision, uuid
collision, same id twice, clash, same name twice, name clash ~ duplicate, hash, conflict, unique
ambiguous, unclear which, several matches, several meanings, ambiguity ~ disambiguate, prefix, did you mean
sort, order, sorting, arrange, put in order, sequence ~ ascending, descending, order by, sort key, collation
ascending, smallest first, oldest first, a to z, alphabetical ~ sort, order by
descending, newest first, largest first, latest first, reverse order, most recent first ~ sort, order by, desc
alphabetical, alphabetically, by name, a to z, abc order ~ sort, collation, locale, natural sort
natural sort, 10 before 2, numeric order, human sort ~ sort, collation, version
rank, ranking, relevance, best first, best match, score ~ sort, bm25, search, priority
filter, narrow down, only show, restrict to, limit to, show only ~ query, where, search, facet, predicate
search, find, look for, look up, found, locate, seek ~ full text search, query, grep, index, fuzzy, autocomplete
search engine, full text search, full text, text search ~ elasticsearch, lucene, solr, meilisearch, algolia, bm25, fts5, inverted index
search result, hits, what search finds, matches ~ ranking, relevance, snippet, recall
fuzzy, approximate, inexact, tolerant of typos, roughly ~ fuzzy search, fzf, levenshtein, trigram
query, request for data, question to database, lookup ~ sql, filter, graphql, query language
saved search, saved filter, remember search, custom view, favourite search ~ query, view, bookmark
exact match, exactly this, whole word, literally ~ search, equal, strict
case insensitive search, ignore case, regardless of case ~ lowercase, collation
group, cluster, bucket, put together, category, categorize ~ group by, classification, section
category, kind, sort of, type, class ~ taxonomy, label, enum
list of values, enum, enumeration, allowed values, fixed choices ~ choice, constant, validation
compare, equal, equality, same as, identical ~ diff, deep equal, comparator
combination, combine, together with ~ and, boolean, join
negate, negation, opposite, except ~ exclude, boolean, invert
invert, reverse, opposite, other way round, flip, backwards ~ negate, descending, mirror
empty list, no results, nothing found, zero results ~ empty state, search, filter
first, top, beginning, initial ~ head, limit, earliest
last, bottom, final, latest ~ tail, newest
next, following, upcoming, what comes next ~ previous, queue, priority
position, place, index, offset, where in ~ off by one, order, coordinates
depth, nesting, nested, levels, how deep ~ recursion, tree, hierarchy
hierarchy, tree structure, parent child, levels, nested ~ parent, subtask, tree
graph, network of, nodes and edges, directed graph ~ dag, cycle, topological sort, dependency
cycle, circular, circle, goes in circles, loop in graph ~ dependency, recursion, import cycle, dag
default, default value, if not given, unless specified, standard value, preset ~ fallback, optional, config
optional, not required, may be omitted, not mandatory ~ default, nullable, parameter
required, mandatory, must have, compulsory, must be given, needed ~ validation, non null, constraint
boolean, true or false, yes or no, bool ~ flag, checkbox, toggle
list, array, collection, sequence, vector ~ element, index, slice, iterator
dictionary, map, hash map, key value, lookup table, object ~ hashmap, key, json
queue, waiting line, line up, pending work, fifo ~ kafka, rabbitmq, job queue, backlog, worker
stream, streaming, bit by bit, piece by piece, as it arrives ~ chunk, buffer, backpressure, iterator, websocket
chunk, piece, portion, block, slice, part ~ batch, stream, split
bookmark, favorite, favourite, star, pin, starred ~ saved, quick access, shortcut
`
