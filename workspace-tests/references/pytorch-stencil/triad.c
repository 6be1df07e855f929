/* SPDX-License-Identifier: Apache-2.0
 * Memory bandwidth by the triad a[i] = b[i] + s * c[i], counted as 24 bytes per element (what a store reads in to
 * fill its cache line is not counted). Written for this project.
 *   gcc -O3 -march=native -fopenmp -o triad triad.c && OMP_NUM_THREADS=2 ./triad [million elements] [repetitions]
 */
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>

static int ascending(const void *x, const void *y) {
    double d = *(const double *)x - *(const double *)y;
    return (d > 0) - (d < 0);
}

int main(int argc, char **argv) {
    size_t n = (size_t)(1e6 * (argc > 1 ? atof(argv[1]) : 80.0));
    int repetitions = argc > 2 ? atoi(argv[2]) : 30;
    double *a = aligned_alloc(4096, (n * 8 + 4095) / 4096 * 4096), *b = aligned_alloc(4096, (n * 8 + 4095) / 4096 * 4096);
    double *c = aligned_alloc(4096, (n * 8 + 4095) / 4096 * 4096), *rate = malloc(sizeof(double) * repetitions);
    if (!a || !b || !c || !rate || repetitions < 1 || n < 1) return 1;
#pragma omp parallel for schedule(static)
    for (size_t i = 0; i < n; i++) { a[i] = 0; b[i] = 1; c[i] = 2; }  /* first touch by the thread that will use it */
    for (int r = 0; r < repetitions; r++) {
        double s = 3.0 + r, start = omp_get_wtime();
#pragma omp parallel for schedule(static)
        for (size_t i = 0; i < n; i++) a[i] = b[i] + s * c[i];
        rate[r] = 24.0 * n / (omp_get_wtime() - start) / 1e9;
    }
    for (size_t i = 0; i < n; i++) if (a[i] != 1 + 2 * (2.0 + repetitions)) { fprintf(stderr, "wrong value at %zu\n", i); return 1; }
    qsort(rate, repetitions, sizeof(double), ascending);
    printf("{\"threads\": %d, \"array_mib\": %.1f, \"repetitions\": %d, \"best_gb_per_s\": %.3f, \"median_gb_per_s\": %.3f}\n",
           omp_get_max_threads(), n * 8 / 1048576.0, repetitions, rate[repetitions - 1], rate[repetitions / 2]);
    return 0;
}
