#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Called by run.sh ode: builds the benchmarks, measures the ODE solvers and, where they are installed, SciPy, deSolve and CVODE on the same problems, and writes
# target/performance-ode.md, .csv and a plot per problem. Needs python3 with numpy; the machine should be idle. With the argument docs it also puts the result into docs.
set -eu
cd "$(dirname "$0")/../.."
mvn -q -B -ntp -Dmaven.test.skip -Dcheckstyle.skip -Dspotless.check.skip package dependency:build-classpath -Dmdep.outputFile=target/classpath.txt \
    -pl workspace-tests/benchmarks -am
cd workspace-tests/benchmarks
folder=target/ode
rm -rf "$folder"
mkdir -p "$folder"
say() { printf '%s %s\n' "$(date +%T)" "$1" >&2; }
python=/usr/bin/python3
[ -x "$python" ] || python=python3

say 'solvers'
java -Xms2g -Xmx4g -cp "target/classes:$(cat target/classpath.txt)" org.oncotwin.benchmarks.ode.OdeReport "$folder" 2> target/ode.log || { cat target/ode.log >&2; exit 1; }
say 'peers'
OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 "$python" scripts/ode/peers.py "$folder" > "$folder/peers.json" 2> target/peers-ode.log || { cat target/peers-ode.log >&2; exit 1; }
say 'report'
"$python" scripts/ode/report.py "$folder" target ${1:+../../docs}
cat target/performance-ode.md
say 'done'
