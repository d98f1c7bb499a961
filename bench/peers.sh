# mhv as one of the programs that peers-bench.sh compares:
#   PB_EXTRA=bench/peers.sh PB_PEERS="mhv backlog tbd task2" MHV="node bin/run.js" bash peers-bench.sh
# Its helper H and its directories are defined there; commands run in the repository under test.
MHV_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
MHV=${MHV:-node $MHV_ROOT/bin/run.js}
# A path that was given from here has to hold in the repositories under test as well.
MHV=${MHV/node bin\/run.js/node $MHV_ROOT/bin/run.js}
mhv_install(){ $MHV --version >/dev/null 2>&1; }
mhv_version(){ $MHV --version | head -1; }
mhv_vcmd(){ echo "$MHV --version"; }
mhv_init(){ $MHV init >/dev/null 2>&1; }
# The seeder writes through the program's own code; the list after it makes the index, as the first command would.
mhv_seed(){ H seed-json "$1" > seed.json; TMPDIR=/tmp node "$MHV_ROOT/bench/seed-peers.mjs" seed.json; rm -f seed.json; $MHV task list --limit 1 >/dev/null; }
mhv_cmds(){ printf '%s\n' "$MHV task create bench-created --description text --priority high" "$MHV task list --status open --json" "$MHV task show 7 --json" "$MHV task list --text zephyr --json"; }
mhv_count(){ $MHV task list --status all --json | node -e 'const o=JSON.parse(require("fs").readFileSync(0)).tasks.filter(t=>/^par-/.test(t.title));console.log(`found=${o.length} distinct=${new Set(o.map(t=>t.id)).size}`)'; }
