// A CUDA driver that runs the kernels of the solver on the processor of this machine, one thread after the other: their source is compiled right into it. It has as many of the driver's
// functions as the solver calls, so that JCuda and its native library work with it as with the true one.
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <string>
#include <utility>

#define __global__
#define __device__

struct Dimensions {
    unsigned x, y, z;
};

static Dimensions blockIdx, blockDim, threadIdx;

using std::exp;
using std::fabs;

#include "reaction_diffusion.cu"

namespace {

enum Result { SUCCESS = 0, INVALID_VALUE = 1, OUT_OF_MEMORY = 2, NOT_INITIALIZED = 3, INVALID_PTX = 218, NOT_FOUND = 500 };

using Call = std::function<void(void**)>;

template <typename... A, size_t... I>
Call unpacking(void (*kernel)(A...), std::index_sequence<I...>) {
    return [kernel](void** arguments) { kernel(*static_cast<A*>(arguments[I])...); };
}

template <typename... A>
Call unpacking(void (*kernel)(A...)) {
    return unpacking(kernel, std::index_sequence_for<A...>());
}

std::map<std::string, Call> kernels = {
    {"react", unpacking(react)},
    {"stage3", unpacking(stage3)},
    {"stage3_react", unpacking(stage3_react)},
    {"stage9", unpacking(stage9)},
    {"stage9_react", unpacking(stage9_react)},
    {"combine", unpacking(combine)},
    {"gather", unpacking(gather)},
};

const size_t MEMORY = size_t(1) << 30;
std::map<char*, size_t> allocated;
size_t used = 0;
bool initialized = false;
int context = 0;

// A range must lie in one allocation.
bool valid(unsigned long long address, size_t bytes) {
    char* from = reinterpret_cast<char*>(address);
    auto after = allocated.upper_bound(from);
    if (after == allocated.begin()) {
        return false;
    }
    --after;
    return from + bytes <= after->first + after->second;
}

}  // namespace

extern "C" {

int cuInit(unsigned) {
    initialized = true;
    return SUCCESS;
}

int cuDeviceGetCount(int* count) {
    *count = 1;
    return initialized ? SUCCESS : NOT_INITIALIZED;
}

int cuDeviceGet(int* device, int ordinal) {
    *device = ordinal;
    return ordinal == 0 ? SUCCESS : INVALID_VALUE;
}

int cuDeviceGetName(char* name, int length, int) {
    strncpy(name, "Simulated device", length);
    return SUCCESS;
}

int cuDeviceTotalMem_v2(size_t* bytes, int) {
    *bytes = MEMORY;
    return SUCCESS;
}

int cuDeviceGetAttribute(int* value, int attribute, int) {
    *value = attribute == 75 ? 7 : 5;
    return SUCCESS;
}

int cuDevicePrimaryCtxRetain(void** made, int) {
    *made = &context;
    return SUCCESS;
}

int cuDevicePrimaryCtxRelease_v2(int) {
    return SUCCESS;
}

int cuCtxSetCurrent(void* current) {
    return current == &context ? SUCCESS : INVALID_VALUE;
}

int cuCtxSynchronize() {
    return SUCCESS;
}

int cuModuleLoadData(void** module, const void* image) {
    *module = &kernels;
    return strstr(static_cast<const char*>(image), ".entry react(") != nullptr ? SUCCESS : INVALID_PTX;
}

int cuModuleUnload(void*) {
    return SUCCESS;
}

int cuModuleGetFunction(void** function, void*, const char* name) {
    auto found = kernels.find(name);
    if (found == kernels.end()) {
        return NOT_FOUND;
    }
    *function = &found->second;
    return SUCCESS;
}

int cuLaunchKernel(
        void* function, unsigned gridX, unsigned gridY, unsigned gridZ, unsigned blockX, unsigned blockY, unsigned blockZ,
        unsigned, void*, void** arguments, void**) {
    if (gridX == 0 || gridY == 0 || gridZ != 1 || blockX == 0 || blockX > 1024 || blockY != 1 || blockZ != 1) {
        return INVALID_VALUE;
    }
    blockDim = {blockX, blockY, blockZ};
    for (unsigned y = 0; y < gridY; y++) {
        for (unsigned x = 0; x < gridX; x++) {
            blockIdx = {x, y, 0};
            for (unsigned t = 0; t < blockX; t++) {
                threadIdx = {t, 0, 0};
                (*static_cast<Call*>(function))(arguments);
            }
        }
    }
    return SUCCESS;
}

int cuMemAlloc_v2(unsigned long long* address, size_t bytes) {
    if (used + bytes > MEMORY) {
        return OUT_OF_MEMORY;
    }
    char* memory = static_cast<char*>(malloc(bytes));
    // What is not written must not be read.
    memset(memory, 0xff, bytes);
    allocated[memory] = bytes;
    used += bytes;
    *address = reinterpret_cast<unsigned long long>(memory);
    return SUCCESS;
}

int cuMemFree_v2(unsigned long long address) {
    auto found = allocated.find(reinterpret_cast<char*>(address));
    if (found == allocated.end()) {
        return INVALID_VALUE;
    }
    used -= found->second;
    free(found->first);
    allocated.erase(found);
    return SUCCESS;
}

int cuMemsetD8_v2(unsigned long long address, unsigned char value, size_t bytes) {
    if (!valid(address, bytes)) {
        return INVALID_VALUE;
    }
    memset(reinterpret_cast<void*>(address), value, bytes);
    return SUCCESS;
}

int cuMemcpyHtoD_v2(unsigned long long to, const void* from, size_t bytes) {
    if (!valid(to, bytes)) {
        return INVALID_VALUE;
    }
    memcpy(reinterpret_cast<void*>(to), from, bytes);
    return SUCCESS;
}

int cuMemcpyDtoH_v2(void* to, unsigned long long from, size_t bytes) {
    if (!valid(from, bytes)) {
        return INVALID_VALUE;
    }
    memcpy(to, reinterpret_cast<const void*>(from), bytes);
    return SUCCESS;
}

int cuMemGetInfo_v2(size_t* free, size_t* total) {
    *free = MEMORY - used;
    *total = MEMORY;
    return SUCCESS;
}
}
