#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Triad, PyTorch step, triad, as one JSON object on standard output. Usage: run.sh [repetitions of the whole, default 3]
# The best of all repetitions is kept for each entry, because whatever else the machine does only ever makes a run slower.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
gcc -O3 -march=native -fopenmp -o "$work/triad" "$here/triad.c"
for i in $(seq "${1:-3}"); do
    OMP_NUM_THREADS=2 "$work/triad" 80 20 > "$work/triad-$i-a.json"
    /usr/bin/python3 "$here/bench.py" --seconds 3 > "$work/bench-$i.json"
    OMP_NUM_THREADS=2 "$work/triad" 80 20 > "$work/triad-$i-b.json"
    OMP_NUM_THREADS=1 "$work/triad" 80 20 > "$work/triad-one-$i.json"
done
/usr/bin/python3 - "$work" <<'PYTHON'
import glob, json, os, platform, sys
def load(pattern):
    return [json.load(open(f)) for f in sorted(glob.glob(os.path.join(sys.argv[1], pattern)))]
benches, best = load("bench-*.json"), {}
for bench in benches:
    for run in bench.pop("runs"):
        key = (*run["grid"], run["type"], run["way"])
        if key not in best or run["best_seconds_per_step"] < best[key]["best_seconds_per_step"]:
            best[key] = run
cpu = [l.split(":")[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name")]
both, one = load("triad-[0-9]*.json"), load("triad-one-*.json")
print(json.dumps({"cpu": cpu[0], "cores": len(cpu), "repetitions": len(benches), **benches[0],
                  "triad_gb_per_s": {"two_threads_best": max(t["best_gb_per_s"] for t in both), "two_threads_each": [t["best_gb_per_s"] for t in both],
                                     "one_thread_best": max(t["best_gb_per_s"] for t in one)}, "runs": list(best.values())}, indent=1))
PYTHON
