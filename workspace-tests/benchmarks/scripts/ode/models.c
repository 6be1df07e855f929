/* SPDX-License-Identifier: Apache-2.0 */
/* See models.h. The second half makes the models callable by deSolve (R), which passes everything by reference. */
#include "models.h"

#include <string.h>

#define ORGANS 17

static void robertson(const double *y, double *f) {
    double first = 0.4 * y[0], second = 3e8 * y[1] * y[1], third = 1e5 * y[1] * y[2];
    f[0] = third - first;
    f[1] = first - third - second;
    f[2] = second;
}

static void robertson_j(const double *y, double *pd) {
    const double j[9] = {-0.4, 0.4, 0, 1e5 * y[2], -1e5 * y[2] - 6e8 * y[1], 6e8 * y[1], 1e5 * y[1], -1e5 * y[1], 0};
    memcpy(pd, j, sizeof j);
}

static void hires(const double *y, double *f) {
    double r = 280 * y[5] * y[7];
    f[0] = -1.71 * y[0] + 0.43 * y[1] + 8.32 * y[2] + 0.0007;
    f[1] = 1.71 * y[0] - 8.75 * y[1];
    f[2] = -10.03 * y[2] + 0.43 * y[3] + 0.035 * y[4];
    f[3] = 8.32 * y[1] + 1.71 * y[2] - 1.12 * y[3];
    f[4] = -1.745 * y[4] + 0.43 * y[5] + 0.43 * y[6];
    f[5] = -r + 0.69 * y[3] + 1.71 * y[4] - 0.43 * y[5] + 0.69 * y[6];
    f[6] = r - 1.81 * y[6];
    f[7] = -r + 1.81 * y[6];
}

static void hires_j(const double *y, double *pd) {
    double p = 280 * y[7], q = 280 * y[5];
    const double j[64] = {-1.71, 1.71, 0, 0, 0, 0, 0, 0, /* column 0 */
                          0.43, -8.75, 0, 8.32, 0, 0, 0, 0,
                          8.32, 0, -10.03, 1.71, 0, 0, 0, 0,
                          0, 0, 0.43, -1.12, 0, 0.69, 0, 0,
                          0, 0, 0.035, 0, -1.745, 1.71, 0, 0,
                          0, 0, 0, 0, 0.43, -0.43 - p, p, -p,
                          0, 0, 0, 0, 0.43, 0.69, -1.81, 1.81,
                          0, 0, 0, 0, 0, -q, q, -q};
    memcpy(pd, j, sizeof j);
}

static void van_der_pol(const double *y, double *f) {
    f[0] = y[1];
    f[1] = 1000 * (1 - y[0] * y[0]) * y[1] - y[0];
}

static void van_der_pol_j(const double *y, double *pd) {
    pd[0] = 0;
    pd[1] = -2000 * y[0] * y[1] - 1;
    pd[2] = 1;
    pd[3] = 1000 * (1 - y[0] * y[0]);
}

static void oregonator(const double *y, double *f) {
    f[0] = 77.27 * (y[1] + y[0] * (1 - 8.375e-6 * y[0] - y[1]));
    f[1] = (y[2] - (1 + y[0]) * y[1]) / 77.27;
    f[2] = 0.161 * (y[0] - y[2]);
}

static void oregonator_j(const double *y, double *pd) {
    const double j[9] = {77.27 * (1 - 2 * 8.375e-6 * y[0] - y[1]), -y[1] / 77.27, 0.161, 77.27 * (1 - y[0]), -(1 + y[0]) / 77.27, 0, 0, 1 / 77.27, -0.161};
    memcpy(pd, j, sizeof j);
}

static double matrix[ORGANS * ORGANS]; /* column by column */
static int starts[ORGANS + 1], columns[ORGANS * ORGANS];
static double entries[ORGANS * ORGANS]; /* the same without zeros, row by row */

static void physiological(const double *y, double *f) {
    for (int i = 0; i < ORGANS; i++) {
        double sum = 0;
        for (int n = starts[i]; n < starts[i + 1]; n++) {
            sum += entries[n] * y[columns[n]];
        }
        f[i] = sum;
    }
}

static void physiological_j(const double *y, double *pd) {
    (void)y;
    memcpy(pd, matrix, sizeof matrix);
}

static void saturable(const double *y, double *f) {
    double exchange = 8.0 * y[0] - 6.0 * y[1];
    f[0] = -200.0 * y[0] / (30.0 + y[0]) - exchange;
    f[1] = exchange;
}

static void saturable_j(const double *y, double *pd) {
    double below = 30.0 + y[0];
    pd[0] = -200.0 * 30.0 / (below * below) - 8.0;
    pd[1] = 8.0;
    pd[2] = 6.0;
    pd[3] = -6.0;
}

static double two[4]; /* column by column */

static void two_compartments(const double *y, double *f) {
    f[0] = two[0] * y[0] + two[2] * y[1];
    f[1] = two[1] * y[0] + two[3] * y[1];
}

static void two_compartments_j(const double *y, double *pd) {
    (void)y;
    memcpy(pd, two, sizeof two);
}

void ode_constants(int count, const double *values) {
    if (count == ORGANS * ORGANS) {
        int n = 0;
        for (int i = 0; i < ORGANS; i++) {
            starts[i] = n;
            for (int j = 0; j < ORGANS; j++) {
                double a = values[i * ORGANS + j];
                matrix[j * ORGANS + i] = a;
                if (a != 0) {
                    columns[n] = j;
                    entries[n++] = a;
                }
            }
        }
        starts[ORGANS] = n;
    } else if (count == 4) {
        two[0] = -(values[0] + values[2]) / values[1];
        two[1] = values[2] / values[1];
        two[2] = values[2] / values[3];
        two[3] = -values[2] / values[3];
    }
}

static const ode_model MODELS[] = {{"robertson", robertson, robertson_j},
                                   {"hires", hires, hires_j},
                                   {"van-der-pol", van_der_pol, van_der_pol_j},
                                   {"oregonator", oregonator, oregonator_j},
                                   {"physiological", physiological, physiological_j},
                                   {"saturable", saturable, saturable_j},
                                   {"two-compartments", two_compartments, two_compartments_j}};

const ode_model *ode_find(const char *name) {
    for (unsigned n = 0; n < sizeof MODELS / sizeof *MODELS; n++) {
        if (!strcmp(MODELS[n].name, name)) {
            return &MODELS[n];
        }
    }
    return 0;
}

#define DESOLVE_CONSTANTS(count, name)                     \
    void name(void (*give)(int *, double *)) {             \
        int size = count;                                  \
        double values[count];                              \
        give(&size, values);                               \
        ode_constants(size, values);                       \
    }
DESOLVE_CONSTANTS(289, constants_289)
DESOLVE_CONSTANTS(4, constants_4)
DESOLVE_CONSTANTS(1, constants_1)

#define DESOLVE(model)                                                                                                                    \
    void model##_derivs(int *neq, double *t, double *y, double *f, double *out, int *ip) {                                                 \
        (void)neq, (void)t, (void)out, (void)ip;                                                                                          \
        model(y, f);                                                                                                                      \
    }                                                                                                                                     \
    void model##_jac(int *neq, double *t, double *y, int *ml, int *mu, double *pd, int *rows, double *out, int *ip) {                      \
        (void)neq, (void)t, (void)ml, (void)mu, (void)rows, (void)out, (void)ip;                                                          \
        model##_j(y, pd);                                                                                                                 \
    }
DESOLVE(robertson)
DESOLVE(hires)
DESOLVE(van_der_pol)
DESOLVE(oregonator)
DESOLVE(physiological)
DESOLVE(saturable)
DESOLVE(two_compartments)

/* The doses, as events of deSolve. */
void physiological_dose(int *n, double *t, double *y) {
    (void)n, (void)t;
    y[16] += 100;
}

void saturable_dose(int *n, double *t, double *y) {
    (void)n, (void)t;
    y[0] += 60;
}

void two_compartments_dose(int *n, double *t, double *y) {
    (void)n, (void)t;
    y[0] += 100;
}
