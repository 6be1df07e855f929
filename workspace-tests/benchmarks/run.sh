#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds the benchmarks, measures the solver and, where they are installed, PyTorch and SciPy on the same course, and writes target/performance.md with two plots.
# Needs gcc and python3; the machine should be idle. With the argument docs it also puts the result into docs/performance.md.
# run.sh ode [docs] does the same for the ODE solvers (run-ode.sh, docs/performance-ode.md).
set -eu
if [ "${1:-}" = ode ]; then
    shift
    exec "$(dirname "$0")/run-ode.sh" "$@"
fi
cd "$(dirname "$0")/../.."
mvn -q -B -ntp -Dmaven.test.skip -Dcheckstyle.skip -Dspotless.check.skip package dependency:build-classpath -Dmdep.outputFile=target/classpath.txt \
    -pl workspace-tests/benchmarks -am
cd workspace-tests/benchmarks
folder=target/course
rm -rf "$folder"
classes="target/classes:$(cat target/classpath.txt)"
say() { printf '%s %s\n' "$(date +%T)" "$1" >&2; }

say 'problems'
java -cp "$classes" org.oncotwin.benchmarks.BrainProblem ../../runtime/data/brain/ch2bet.nii.gz "$folder"
gcc -O3 -march=native -fopenmp -o target/triad ../references/pytorch-stencil/triad.c
triads() {
    for threads in 1 2; do
        OMP_NUM_THREADS=$threads target/triad 40 20 > "$folder/triad-$threads-$1.json"
    done
}
say 'triad'
triads a
say 'course'
java -Xms4g -Xmx6g -cp "$classes" org.oncotwin.benchmarks.CourseReport "$folder" 2> target/course.log || { cat target/course.log >&2; exit 1; }
triads b
say 'kernels'
java -cp "$classes" org.openjdk.jmh.Main KernelBenchmark -p "folder=$folder" -wi 2 -i 3 -rf json -rff "$folder/kernels.json" > target/kernels.log
triads c
say peers
python=/usr/bin/python3
[ -x "$python" ] || python=python3
if "$python" -c 'import numpy' 2> /dev/null; then
    "$python" scripts/peers.py "$folder" > "$folder/peers.json" 2> target/peers.log || { cat target/peers.log >&2; exit 1; }
fi
say 'gradient on the fine grid'
java -XX:+UseSerialGC -Xmx4g -cp "$classes" org.oncotwin.benchmarks.FineGradient "$folder" 1e-3 "$folder/fine-gradient.json"
say 'report'
"$python" scripts/report.py "$folder" target ${1:+../../docs}
cat target/performance.md
say 'done'
