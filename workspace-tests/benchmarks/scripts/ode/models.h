/* SPDX-License-Identifier: Apache-2.0 */
/* The ODE benchmarks in C: what models.py defines, without the cost of a call into an interpreter. */
#ifndef ODE_MODELS_H
#define ODE_MODELS_H

/* Writes f(y). */
typedef void (*ode_derivatives)(const double *y, double *f);

/* Writes df/dy column by column, every entry. */
typedef void (*ode_jacobian)(const double *y, double *pd);

typedef struct {
    const char *name;
    ode_derivatives derivatives;
    ode_jacobian jacobian;
} ode_model;

/* The model of a name, or 0. */
const ode_model *ode_find(const char *name);

/* Sets the constants of the models that have any: the matrix of the organs row by row (289 numbers), or clearance, volume, flow, volume of two compartments (4). */
void ode_constants(int count, const double *values);

#endif
