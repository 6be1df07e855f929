#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds the benchmarks, runs them with PyTorch beside them where it is installed, and writes target/performance.md. Takes some four minutes; the machine should be idle.
set -eu
cd "$(dirname "$0")/../.."
mvn -q -B -ntp -DskipTests -Dcheckstyle.skip -Dspotless.check.skip package dependency:build-classpath -Dmdep.outputFile=target/classpath.txt \
    -pl workspace-tests/benchmarks -am
cd workspace-tests/benchmarks
java -cp "target/classes:$(cat target/classpath.txt)" org.oncotwin.benchmarks.PerformanceReport \
    ../references/pytorch-stencil/bench.py target/performance.md
cat target/performance.md
