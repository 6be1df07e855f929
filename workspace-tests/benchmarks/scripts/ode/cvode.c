/* SPDX-License-Identifier: Apache-2.0 */
/* CVODE of SUNDIALS on the ODE benchmarks and on the batch: one JSON object per line. Usage: cvode PROBLEMS.txt SYSTEMS; PROBLEMS.txt is written by peers.py. */
#include <cvode/cvode.h>
#include <math.h>
#include <nvector/nvector_serial.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunmatrix/sunmatrix_dense.h>
#include <time.h>

#include "models.h"

#define MOST 32
#define MOST_STEPS 2000000
#define SECONDS_PER_RUN 0.15

typedef struct {
    char name[64];
    int n, doses, outputs;
    double end, initial[MOST], floor[MOST], reference[MOST];
    double when[64], amount[64], wanted[64];
    int component[64];
} problem;

typedef struct {
    long steps, rejected, evaluations;
    int failed;
} counts;

static double seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

static int rhs(realtype t, N_Vector y, N_Vector f, void *data) {
    (void)t;
    ((const ode_model *)data)->derivatives(N_VGetArrayPointer(y), N_VGetArrayPointer(f));
    return 0;
}

static int jac(realtype t, N_Vector y, N_Vector f, SUNMatrix j, void *data, N_Vector a, N_Vector b, N_Vector c) {
    (void)t, (void)f, (void)a, (void)b, (void)c;
    ((const ode_model *)data)->jacobian(N_VGetArrayPointer(y), SUNDenseMatrix_Data(j));
    return 0;
}

static void add(void *cvode, counts *all) {
    long steps, evaluations, linear, rejected, nonlinear;
    CVodeGetNumSteps(cvode, &steps);
    CVodeGetNumRhsEvals(cvode, &evaluations);
    CVodeGetNumLinRhsEvals(cvode, &linear);
    CVodeGetNumErrTestFails(cvode, &rejected);
    CVodeGetNumNonlinSolvConvFails(cvode, &nonlinear);
    all->steps += steps;
    all->evaluations += evaluations + linear;
    all->rejected += rejected + nonlinear;
}

/* Solves from dose to dose, a fresh start after each; writes the state at the wanted days into the table, if there are any. */
static counts solve(const problem *p, int method, double relative, double *end, double *table, SUNContext context) {
    counts all = {0, 0, 0, 0};
    const ode_model *model = ode_find(p->name);
    N_Vector y = N_VNew_Serial(p->n, context), tolerance = N_VNew_Serial(p->n, context), at = N_VNew_Serial(p->n, context);
    double *state = N_VGetArrayPointer(y);
    memcpy(state, p->initial, p->n * sizeof *state);
    for (int i = 0; i < p->n; i++) {
        N_VGetArrayPointer(tolerance)[i] = relative * p->floor[i];
    }
    void *cvode = CVodeCreate(method, context);
    SUNMatrix matrix = SUNDenseMatrix(p->n, p->n, context);
    SUNLinearSolver linear = SUNLinSol_Dense(y, matrix, context);
    double t = 0;
    int next = 0, output = 0, begun = 0;
    while (t < p->end && !all.failed) {
        while (next < p->doses && p->when[next] <= t) {
            state[p->component[next]] += p->amount[next];
            next++;
        }
        double stop = next < p->doses ? p->when[next] : p->end;
        if (begun) {
            add(cvode, &all);
            CVodeReInit(cvode, t, y);
        } else {
            CVodeInit(cvode, rhs, t, y);
            CVodeSetUserData(cvode, (void *)model);
            CVodeSVtolerances(cvode, relative, tolerance);
            CVodeSetLinearSolver(cvode, linear, matrix);
            CVodeSetJacFn(cvode, jac);
            CVodeSetMaxNumSteps(cvode, MOST_STEPS);
            begun = 1;
        }
        CVodeSetStopTime(cvode, stop);
        for (; output < p->outputs && p->wanted[output] < stop; output++) {
            double reached;
            if (p->wanted[output] <= t) {
                memcpy(table + output * p->n, state, p->n * sizeof *state);
            } else {
                all.failed |= CVode(cvode, p->wanted[output], at, &reached, CV_NORMAL) < 0;
                memcpy(table + output * p->n, N_VGetArrayPointer(at), p->n * sizeof *state);
            }
        }
        all.failed |= CVode(cvode, stop, y, &t, CV_NORMAL) < 0;
        t = stop;
    }
    for (; output < p->outputs; output++) {
        memcpy(table + output * p->n, state, p->n * sizeof *state);
    }
    add(cvode, &all);
    memcpy(end, state, p->n * sizeof *state);
    CVodeFree(&cvode);
    SUNLinSolFree(linear);
    SUNMatDestroy(matrix);
    N_VDestroy(y);
    N_VDestroy(tolerance);
    N_VDestroy(at);
    return all;
}

static void read_numbers(FILE *file, int count, double *values) {
    for (int n = 0; n < count; n++) {
        if (fscanf(file, "%lf", values + n) != 1) {
            fprintf(stderr, "the file of problems ends too early\n");
            exit(1);
        }
    }
}

static int read_problem(FILE *file, problem *p) {
    int constants;
    double values[MOST * MOST];
    if (fscanf(file, "%63s %d %d %d", p->name, &p->n, &p->doses, &constants) != 4) {
        return 0;
    }
    p->outputs = 0;
    read_numbers(file, 1, &p->end);
    read_numbers(file, p->n, p->initial);
    read_numbers(file, p->n, p->floor);
    read_numbers(file, p->n, p->reference);
    for (int n = 0; n < p->doses; n++) {
        double component;
        read_numbers(file, 1, p->when + n);
        read_numbers(file, 1, &component);
        read_numbers(file, 1, p->amount + n);
        p->component[n] = (int)component;
    }
    read_numbers(file, constants, values);
    ode_constants(constants, values);
    return 1;
}

static void work_precision(const problem *p, int method, const char *words, SUNContext context) {
    for (int digits = 4; digits <= 10; digits++) {
        double relative = pow(10, -digits), best = 1e30, total = 0, error = 0, end[MOST];
        counts all;
        int runs = 0;
        do {
            double start = seconds();
            all = solve(p, method, relative, end, 0, context);
            double took = seconds() - start;
            best = fmin(best, took);
            total += took;
            runs++;
        } while (total < SECONDS_PER_RUN && runs < 1000);
        for (int i = 0; i < p->n; i++) {
            error = fmax(error, fabs(end[i] - p->reference[i]) / (p->floor[i] + fabs(p->reference[i])));
        }
        printf("{\"problem\": \"%s\", \"program\": \"CVODE\", \"method\": \"%s\", \"tolerance\": %g, ", p->name, words, relative);
        if (all.failed) {
            printf("\"failed\": \"CVODE gave up\"}\n");
        } else {
            printf("\"seconds\": %.9g, \"runs\": %d, \"steps\": %ld, \"rejected\": %ld, \"evaluations\": %ld, \"error\": %.6g}\n", best, runs, all.steps, all.rejected, all.evaluations, error);
        }
    }
}

/* The batch: see TwoCompartments.java for the parameters. */
static void batch(int systems, int method, const char *words, SUNContext context) {
    problem p = {.name = "two-compartments", .n = 2, .doses = 20, .outputs = 30, .end = 10, .floor = {1e-3, 1e-3}};
    for (int n = 0; n < 20; n++) {
        p.when[n] = 0.5 * n;
        p.amount[n] = 100;
    }
    for (int n = 0; n < 30; n++) {
        p.wanted[n] = n == 29 ? 10 : (n + 1) * 10 / 30.0;
    }
    double end[MOST], table[60], start = seconds(), sum = 0, whole;
    for (int s = 0; s < systems; s++) {
        const double irrational[4] = {0.8566748838545029, 0.733891856627126, 0.6287067210378087, 0.5385972572236101}, middle[4] = {48, 20, 36, 60};
        double values[4];
        for (int k = 0; k < 4; k++) {
            values[k] = middle[k] * exp(1.2 * (modf((s + 1) * irrational[k], &whole) - 0.5));
        }
        ode_constants(4, values);
        solve(&p, method, 1e-6, end, table, context);
        sum += table[59];
    }
    double took = seconds() - start;
    printf("{\"problem\": \"batch\", \"program\": \"CVODE\", \"method\": \"%s\", \"tolerance\": 1e-6, \"systems\": %d, \"systemsPerSecond\": %.6g, \"sum\": %.12g}\n", words, systems,
           systems / took, sum);
}

int main(int count, char **arguments) {
    FILE *file = count == 3 ? fopen(arguments[1], "r") : 0;
    SUNContext context;
    problem p;
    if (!file || SUNContext_Create(0, &context)) {
        fprintf(stderr, "usage: cvode PROBLEMS.txt SYSTEMS\n");
        return 1;
    }
    while (read_problem(file, &p)) {
        double f[MOST];
        ode_find(p.name)->derivatives(p.reference, f);
        printf("{\"problem\": \"%s\", \"derivativesAtReference\": [", p.name);
        for (int i = 0; i < p.n; i++) {
            printf("%s%.17g", i ? ", " : "", f[i]);
        }
        printf("]}\n");
        work_precision(&p, CV_BDF, "BDF", context);
        if (!strcmp(p.name, "saturable")) {
            work_precision(&p, CV_ADAMS, "Adams", context);
        }
    }
    fclose(file);
    batch(atoi(arguments[2]), CV_BDF, "BDF", context);
    batch(atoi(arguments[2]), CV_ADAMS, "Adams", context);
    SUNContext_Free(&context);
    return 0;
}
