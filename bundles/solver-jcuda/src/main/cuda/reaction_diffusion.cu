// Kernels of the grid solver on CUDA devices. build-ptx beside this file makes the PTX from it that is delivered.
//
// Layout: the smallest box around the medium, x fastest, with a margin of nx * ny + nx + 1 elements before and after it, so that no neighbour of a voxel has to be looked for:
// beyond the medium every conductance is 0. Fields of all members of a batch lie in one array; offsets into it point to the first voxel of a field. A launch works on one
// record of a table per member, blockIdx.y counts them; numbers of a record that are offsets or counts are whole and well below 2^53.
//
// Every kernel takes its pointers first and then whole numbers. No kernel uses shared memory or waits for another thread, so that the same source can be run thread by thread.

typedef long long integer;

#define RECORD const double* record = table + first + blockIdx.y * length
#define VOXEL const integer i = blockIdx.x * (integer) blockDim.x + threadIdx.x
#define OFFSET(k) ((integer) record[k])

// u exp(-first . w), logistic growth and killing in closed form, u exp(-second . w). Terms: number of coefficients of E, of I, number of sinks; coefficients from the lowest
// power; of each sink the integral over both halves and the offset of its weights.
static __device__ double reacted(const double* term, const double* rate, const double* weight, integer i, double u) {
    const int exponents = (int) term[0];
    const int crowdings = (int) term[1];
    const int sinks = (int) term[2];
    const double* e = term + 3;
    const double* c = e + exponents;
    const double* sink = c + crowdings;
    double before = 0;
    double after = 0;
    for (int j = 0; j < sinks; j++) {
        const double w = weight[(integer) sink[3 * j + 2] + i];
        before += sink[3 * j] * w;
        after += sink[3 * j + 1] * w;
    }
    double v = sinks > 0 ? u * exp(-before) : u;
    double exponent = e[exponents - 1];
    double crowding = c[crowdings - 1];
    if (exponents > 1 || crowdings > 1) {
        const double z = rate[i];
        for (int k = exponents - 2; k >= 0; k--) {
            exponent = exponent * z + e[k];
        }
        for (int k = crowdings - 2; k >= 0; k--) {
            crowding = crowding * z + c[k];
        }
    }
    v = v + v * (exponent - crowding * v) / (1 + crowding * v);
    return sinks > 0 ? v * exp(-after) : v;
}

// Sum over the faces of conductance times difference. Face k of voxel i leads to voxel i + offset of direction k.
static __device__ double exchange(const double* conductance, const double* v, integer i, integer step) {
    return conductance[i] * (v[i + step] - v[i]) - conductance[i - step] * (v[i] - v[i - step]);
}

static __device__ double exchange3(const double* conductance, const double* v, integer i, integer nx, integer nxy, integer stride) {
    return exchange(conductance, v, i, 1) + exchange(conductance + stride, v, i, nx)
            + exchange(conductance + 2 * stride, v, i, nxy);
}

static __device__ double exchange9(const double* conductance, const double* v, integer i, integer nx, integer nxy, integer stride) {
    return exchange3(conductance, v, i, nx, nxy, stride) + exchange(conductance + 3 * stride, v, i, nx + 1)
            + exchange(conductance + 4 * stride, v, i, nx - 1) + exchange(conductance + 5 * stride, v, i, nxy + 1)
            + exchange(conductance + 6 * stride, v, i, nxy - 1) + exchange(conductance + 7 * stride, v, i, nxy + nx)
            + exchange(conductance + 8 * stride, v, i, nxy - nx);
}

// a base + b last + c L last + d previous
#define STAGE(EXCHANGE) \
    RECORD; \
    VOXEL; \
    if (i >= voxels || inside[i] == 0) { \
        return; \
    } \
    const double* last = fields + OFFSET(5); \
    double value = record[0] * fields[OFFSET(4) + i] + record[1] * last[i] \
            + record[2] * EXCHANGE(conductance + margin, last, i, nx, nxy, stride); \
    if (record[3] != 0) { \
        value += record[3] * fields[OFFSET(6) + i]; \
    }

#define STAGE_ARGUMENTS \
    double* fields, const double* __restrict__ table, const signed char* __restrict__ inside, \
            const double* __restrict__ conductance, const double* __restrict__ rate, const double* __restrict__ weight, \
            integer first, integer length, integer voxels, integer nx, integer nxy, integer stride, integer margin

extern "C" __global__ void stage3(STAGE_ARGUMENTS) {
    STAGE(exchange3)
    fields[OFFSET(7) + i] = value;
}

extern "C" __global__ void stage3_react(STAGE_ARGUMENTS) {
    STAGE(exchange3)
    fields[OFFSET(7) + i] = reacted(table + OFFSET(8), rate, weight, i, value);
}

extern "C" __global__ void stage9(STAGE_ARGUMENTS) {
    STAGE(exchange9)
    fields[OFFSET(7) + i] = value;
}

extern "C" __global__ void stage9_react(STAGE_ARGUMENTS) {
    STAGE(exchange9)
    fields[OFFSET(7) + i] = reacted(table + OFFSET(8), rate, weight, i, value);
}

// Record: from, to, offset of the terms.
extern "C" __global__ void react(
        double* fields, const double* __restrict__ table, const signed char* __restrict__ inside,
        const double* __restrict__ rate, const double* __restrict__ weight, integer first, integer length, integer voxels) {
    RECORD;
    VOXEL;
    if (i >= voxels || inside[i] == 0) {
        return;
    }
    fields[OFFSET(1) + i] = reacted(table + OFFSET(2), rate, weight, i, fields[OFFSET(0) + i]);
}

static __device__ double bounded(double value, double largest) {
    return value < 0 ? 0 : value > largest ? largest : value;
}

// Record: number of rows, to, upper bound, place of the sums, offset in the table of the rows: of each its offset, its weight in the candidate and in the next best. Each of the `threads` threads
// takes every threads-th voxel, so that the order of the sums does not depend on the device. A value that is not finite makes the sum of differences not a number.
extern "C" __global__ void combine(
        double* fields, const double* table, const signed char* inside, double* sums, integer first, integer length,
        integer voxels, integer threads) {
    RECORD;
    VOXEL;
    if (i >= threads) {
        return;
    }
    const int rows = (int) record[0];
    const double* terms = table + OFFSET(4);
    double* to = fields + OFFSET(1);
    double difference = 0;
    double total = 0;
    for (integer voxel = i; voxel < voxels; voxel += threads) {
        if (inside[voxel] != 0) {
            double best = 0;
            double lower = 0;
            for (int row = 0; row < rows; row++) {
                const double value = fields[(integer) terms[3 * row] + voxel];
                best += terms[3 * row + 1] * value;
                lower += terms[3 * row + 2] * value;
            }
            const double candidate = bounded(best, record[2]);
            to[voxel] = candidate;
            total += candidate;
            difference += fabs(candidate - bounded(lower, record[2])) + 0 * best;
        }
    }
    const integer place = 2 * (OFFSET(3) * threads + i);
    sums[place] = difference;
    sums[place + 1] = total;
}

// Adds every results-th of the sums of the threads, member by member. Record: place of the sums.
extern "C" __global__ void gather(
        const double* table, const double* sums, double* gathered, integer first, integer length, integer threads,
        integer results) {
    RECORD;
    VOXEL;
    if (i >= results) {
        return;
    }
    double difference = 0;
    double total = 0;
    for (integer t = i; t < threads; t += results) {
        const integer place = 2 * (OFFSET(0) * threads + t);
        difference += sums[place];
        total += sums[place + 1];
    }
    const integer place = 2 * (OFFSET(0) * results + i);
    gathered[place] = difference;
    gathered[place + 1] = total;
}
