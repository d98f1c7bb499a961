/** What goes wrong: crashes, hangs, slowness, memory, and results that are wrong, missing, doubled or stale. */
export const FAILURES = `
crash, blow up, die, abort, panic, segfault, terminate unexpectedly, quit unexpectedly, falls over ~ core dump, sigsegv, segmentation fault, stack trace, uncaught exception, null pointer
hang, freeze, froze, frozen, stuck, unresponsive, never return, lock up, stall, never finish ~ deadlock, infinite loop, busy loop, timeout, spin, livelock
infinite loop, endless loop, loop forever, never end, run forever, forever, endlessly ~ recursion, cycle, busy loop, hang
stop responding, not responding, not respond, unresponsive, no reaction, not react ~ hang, freeze, beachball, anr
error, failure, fault, problem, trouble ~ exception, error code, errno
fail, go wrong, went wrong, not work, doesn't work, broken, break, broke ~ error, exception, regression
bug, defect, glitch, flaw, misbehave ~ regression, issue, quirk
regression, used to work, worked before, no longer works, stopped working, broke after ~ bisect, since update
exception, throw, threw, thrown, raise, traceback, stack trace, call stack, backtrace ~ uncaught, unhandled, rejection
unhandled, uncaught, not caught ~ promise rejection, exception, error handler
swallow error, silently ignore, silent failure, fail silently, no error shown, without saying anything ~ ignored error, empty catch
error message, what went wrong, message, complaint ~ diagnostic, hint, wording, stack trace
cryptic, confusing, unclear, unhelpful, misleading, hard to understand, meaningless ~ error message, wording, explain
complain, whine, report error, object ~ warning, error, reject
warning, caution, alert user ~ deprecation warning, console warning, notice
null, nil, undefined, none, null pointer, missing value, not set ~ dereference, optional, npe, cannot read property, nonetype
out of memory, oom, run out memory, ran out memory, memory exhausted, not enough memory ~ heap, memory leak, oom killer, malloc
memory leak, leak, memory grows, keeps growing, eat memory, hog memory, more and more ~ heap, retained, garbage collection, dispose, listener
memory, ram, heap, memory usage, footprint ~ allocation, garbage collection, buffer, oom
garbage collection, garbage collector, gc, reclaim memory ~ finalizer, weak reference, heap
stack overflow, maximum call stack, too deep, nested too deep ~ recursion, recursion limit
use after free, dangling pointer, memory corruption, memory safety ~ double free, buffer overflow, asan, valgrind, undefined behavior
slow, sluggish, laggy, lag, takes long, takes ages, takes forever, wheel spins ~ performance, latency, bottleneck, slowness, timeout
performance, speed, how fast, efficiency, throughput ~ latency, benchmark, profile, optimize, slow
fast, quick, speedy, rapid, snappy ~ performance, low latency, instant
speed up, make faster, optimize, optimise, optimization, quicker, accelerate, improve performance ~ cache, lazy, batch, parallel, memoize, index
slow start, startup time, start slowly, launch time, boot time, takes long open ~ cold start, lazy load, preload, bootstrap
latency, delay, response time, lag, wait time, waiting ~ round trip, p99, slow, timeout
bottleneck, hot path, hotspot, slow part ~ profiler, flame graph, quadratic
profile, profiler, measure performance, where time goes ~ flame graph, perf, trace, hotspot, benchmark
benchmark, measure speed, performance test, speed test ~ baseline, load test, throughput, regression
quadratic, exponential, complexity, scale badly, does not scale ~ big o, n squared, slow, large input
scale, scalability, scaling, many users, grow, growth ~ throughput, load, cluster, shard, large
large, big, huge, massive, enormous, giant, lots of ~ scale, size limit, memory, thousands, millions
cpu, processor, cpu usage, processor load, fan spins, 100 percent ~ core, busy loop, battery, thread
battery, battery drain, power usage, energy ~ wake lock, background, polling
timeout, time out, timed out, give up waiting, takes too long, deadline exceeded ~ hang, retry, abort signal, slow
retry, try again, attempt again, reattempt ~ backoff, exponential backoff, transient, flaky, idempotent
recover, recovery, resume, continue after, get back, restore state ~ resilience, fallback, checkpoint, crash safe, rollback
fallback, fall back, alternative, plan b, instead use ~ default, graceful degradation, failover
graceful, gracefully, robust, resilient, tolerate, tolerant, handle error ~ fallback, recovery, degrade
interrupt, cancel, abort, stop midway, halfway, ctrl c, kill ~ sigint, sigterm, abort signal, partial, cleanup
incomplete, partial, half, half done, unfinished, only part, cut short, halfway ~ truncated, partially, interrupted
wrong, incorrect, false, inaccurate, mistaken, not right, faulty, erroneous ~ bug, mismatch, miscalculate
wrong result, incorrect result, wrong output, wrong answer, wrong value ~ miscalculation, off by one
mismatch, differ, disagree, inconsistent, does not match, not equal, out of step, contradict ~ discrepancy, drift, diverge
missing, absent, lacking, not there, not present, gone, omitted, left out ~ lost, not found, undefined, dropped
disappear, vanish, vanished, gone, lost, lose, get lost, went missing ~ data loss, dropped, deleted, hidden
data loss, lose data, lost data, lose work, lost changes, work gone, changes gone ~ overwrite, unsaved, corrupt, backup, crash
not found, cannot find, can't find, could not find, no such, does not exist, unknown ~ 404, enoent, missing, unresolved
duplicate, twice, double, shows up twice, appear twice, listed twice, repeated, again and again ~ dedupe, unique, redundant, idempotent
dedupe, deduplicate, remove duplicates, only once, unique, distinct ~ duplicate, merge, collapse
stale, outdated, out of date, old data, obsolete, not refreshed, not updated, still shows old ~ cache, invalidate, refresh, expired
invalid, not valid, malformed, illegal, bad, bad input, ill formed, garbage ~ validation, parse error, reject, corrupt
corrupt, corrupted, corruption, damaged, garbled, broken file, mangled ~ checksum, truncated, fsck, integrity, unreadable
unexpected, surprising, surprise, weird, strange, odd, should not happen ~ edge case, unintuitive, bug
edge case, corner case, special case, rare case, unusual input ~ boundary, empty, off by one
off by one, one too many, one too few, one too much, one less, boundary error ~ fencepost, index, inclusive, exclusive, range
intermittent, sporadic, sometimes, occasionally, randomly, now and then, once in while ~ flaky, race condition, nondeterministic
race condition, race, timing issue, simultaneous, same time ~ concurrency, thread, lock, atomic, toctou, intermittent
reproduce, repro, reproducible, reproduction, make it happen, steps ~ minimal example, test case, bisect
workaround, work around, hack, bypass, temporary fix, kludge, stopgap ~ monkey patch, fallback
fix, repair, solve, resolve, correct, mend, patch ~ bugfix, hotfix, bug
ignored, ignore, has no effect, no effect, does nothing, nothing happens, not respected, not honored, disregard ~ noop, silently, override
nothing happens, does nothing, no effect, no response, dead button ~ noop, event handler, silently
empty, blank, nothing shown, no content, void ~ empty state, null, zero, missing, white screen
blank page, white page, white screen, blank screen, empty page, black screen ~ hydration, render, crash
unusable, unreadable, not usable, useless ~ broken, usability
false positive, false alarm, wrongly reported, flagged wrongly, spurious ~ heuristic, lint, detection
false negative, missed, not detected, overlooked, slip through, unnoticed ~ detection, recall
noise, noisy, too many messages, spam, chatty, flood, clutter ~ verbose, log level, throttle, quiet
overload, too much load, overwhelmed, too many requests ~ rate limit, throttle, backpressure, queue
limit, maximum, cap, upper bound, at most, ceiling, quota ~ threshold, exceed, restrict, max
exceed, go over, more than allowed, too many, too much, over limit ~ quota, overflow, maximum
assertion, assert, invariant, sanity check, must hold ~ expect, panic, debug assert
incompatible, not compatible, clash, not work together, conflict ~ compatibility, breaking change, version
unsupported, not supported, no support, cannot handle ~ not implemented, unknown, compatibility
unavailable, down, outage, not reachable, not available, offline ~ downtime, 503, failover
exit code, exit status, return code, status code ~ nonzero, success, failure, errno
disk full, no space left, out of space, run out space, drive full ~ enospc, quota, storage, disk usage
too many files, file descriptor, file handle, handle leak ~ emfile, ulimit, fd leak
`
