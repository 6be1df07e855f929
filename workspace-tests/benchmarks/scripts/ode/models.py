# SPDX-License-Identifier: Apache-2.0
"""The ODE benchmarks, in time in days as the Java classes of the same names define them; tests compare the two by the values that references/ode-benchmarks/make.py writes down."""
import math

import numpy

MILLISECONDS = 86_400_000


class Problem:
    """An initial value problem: floor is absolute/relative tolerance of each component, doses are (milliseconds since day 0, component, amount)."""

    name, title, stiff, linear = "", "", True, False
    end, initial, floor, doses = 0.0, (), (), ()
    constants = ()  # what the C version of the equations needs, in its order

    def derivatives(self, t, y):
        raise NotImplementedError

    def jacobian(self, t, y):
        raise NotImplementedError

    def segments(self):
        """Start, end and change at the start of each interval between doses, in days."""
        times = sorted({0, *(ms for ms, _, _ in self.doses)})
        for n, ms in enumerate(times):
            change = numpy.zeros(len(self.initial))
            for when, component, amount in self.doses:
                if when == ms:
                    change[component] += amount
            yield ms / MILLISECONDS, times[n + 1] / MILLISECONDS if n + 1 < len(times) else self.end, change

    def error(self, state, reference):
        """Largest error of a component in the measure of the tolerance: |difference| / (floor + |reference|)."""
        return float(max(abs(a - b) / (f + abs(b)) for a, b, f in zip(state, reference, self.floor)))


class Robertson(Problem):
    """Robertson 1966, to 4e5; a day is 10 of the original units of time."""

    name, title = "robertson", "Robertson"
    end, initial, floor = 4e4, (1.0, 0.0, 0.0), (1e-6, 1e-6, 1e-6)

    def derivatives(self, t, y):
        a, b, c = y.tolist()
        first, second, third = 0.4 * a, 3e8 * b * b, 1e5 * b * c
        return [third - first, first - third - second, second]

    def jacobian(self, t, y):
        _, b, c = y.tolist()
        return [[-0.4, 1e5 * c, 1e5 * b], [0.4, -1e5 * c - 6e8 * b, -1e5 * b], [0.0, 6e8 * b, 0.0]]


class Hires(Problem):
    """High irradiance response of plants, Schaefer 1975."""

    name, title = "hires", "HIRES"
    end, initial, floor = 321.8122, (1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0057), (1e-4,) * 8

    def derivatives(self, t, y):
        a, b, c, d, e, f, g, h = y.tolist()
        r = 280 * f * h
        return [-1.71 * a + 0.43 * b + 8.32 * c + 0.0007, 1.71 * a - 8.75 * b, -10.03 * c + 0.43 * d + 0.035 * e, 8.32 * b + 1.71 * c - 1.12 * d,
                -1.745 * e + 0.43 * f + 0.43 * g, -r + 0.69 * d + 1.71 * e - 0.43 * f + 0.69 * g, r - 1.81 * g, -r + 1.81 * g]

    def jacobian(self, t, y):
        f, h = float(y[5]), float(y[7])
        p, q = 280 * h, 280 * f
        return [[-1.71, 0.43, 8.32, 0, 0, 0, 0, 0], [1.71, -8.75, 0, 0, 0, 0, 0, 0], [0, 0, -10.03, 0.43, 0.035, 0, 0, 0], [0, 8.32, 1.71, -1.12, 0, 0, 0, 0],
                [0, 0, 0, 0, -1.745, 0.43, 0.43, 0], [0, 0, 0, 0.69, 1.71, -0.43 - p, 0.69, -q], [0, 0, 0, 0, 0, p, -1.81, q], [0, 0, 0, 0, 0, -p, 1.81, -q]]


class VanDerPol(Problem):
    """Van der Pol's oscillator with mu = 1000, not scaled."""

    name, title = "van-der-pol", "Van der Pol, mu = 1000"
    end, initial, floor = 2000.0, (2.0, 0.0), (1.0, 1e-3)

    def derivatives(self, t, y):
        a, b = y.tolist()
        return [b, 1000 * (1 - a * a) * b - a]

    def jacobian(self, t, y):
        a, b = y.tolist()
        return [[0.0, 1.0], [-2000 * a * b - 1, 1000 * (1 - a * a)]]


class Oregonator(Problem):
    """Belousov-Zhabotinskii reaction, Field and Noyes 1974."""

    name, title = "oregonator", "Oregonator"
    end, initial, floor = 360.0, (1.0, 2.0, 3.0), (1e-6,) * 3

    def derivatives(self, t, y):
        a, b, c = y.tolist()
        return [77.27 * (b + a * (1 - 8.375e-6 * a - b)), (c - (1 + a) * b) / 77.27, 0.161 * (a - c)]

    def jacobian(self, t, y):
        a, b, _ = y.tolist()
        return [[77.27 * (1 - 2 * 8.375e-6 * a - b), 77.27 * (1 - a), 0.0], [-b / 77.27, -(1 + a) / 77.27, 1 / 77.27], [0.161, 0.0, -0.161]]


class Physiological(Problem):
    """Perfusion-limited organs of the reference man of ICRP 89; see the Java class for sources."""

    name, title, linear = "physiological", "Perfusion of 15 organs, 20 doses", True
    end, initial, floor = 20.0, (0.0,) * 17, (1e-4,) * 17
    doses = tuple((n * MILLISECONDS + 32_400_000, 16, 100.0) for n in range(20))
    OUTPUT = 9360.0
    #        lungs adip bone brain gut heart kidn liver musc panc skin splee stom thyr rest
    SHARE = (100, 5.0, 5.0, 12.0, 14.0, 4.0, 19.0, 25.5, 17.0, 1.0, 5.0, 3.0, 1.0, 1.5, 6.0)
    VOLUME = (0.5, 14.5, 10.5, 1.45, 1.02, 0.33, 0.31, 1.8, 29.0, 0.14, 3.3, 0.15, 0.15, 0.02, 4.2)
    PARTITION = (0.1, 50.0, 5.0, 0.3, 2.0, 1.5, 3.0, 4.0, 1.0, 2.0, 3.0, 1.2, 0.8, 0.5, 1.0)
    PORTAL = (4, 9, 11, 12)
    LUNGS, KIDNEYS, LIVER, ARTERIAL, VENOUS = 0, 6, 7, 15, 16
    HEPATIC, RENAL, ARTERIAL_VOLUME, VENOUS_VOLUME = 720.0, 144.0, 1.4, 4.2

    def __init__(self):
        flow = [self.OUTPUT * s / 100 for s in self.SHARE]
        out = [q / (v * k) for q, v, k in zip(flow, self.VOLUME, self.PARTITION)]
        n = len(self.initial)
        a = numpy.zeros((n, n))
        a[self.LUNGS, self.VENOUS] = self.OUTPUT / self.VENOUS_VOLUME
        a[self.VENOUS, self.VENOUS] = -self.OUTPUT / self.VENOUS_VOLUME
        a[self.ARTERIAL, self.ARTERIAL] = -self.OUTPUT / self.ARTERIAL_VOLUME
        a[self.ARTERIAL, self.LUNGS] = out[self.LUNGS]
        for i in range(15):
            a[i, i] = -out[i]
            if i == self.LUNGS:
                continue
            fed = flow[i] if i != self.LIVER else flow[i] - sum(flow[j] for j in self.PORTAL)
            a[i, self.ARTERIAL] = fed / self.ARTERIAL_VOLUME
            a[self.LIVER if i in self.PORTAL else self.VENOUS, i] = out[i]
        a[self.LIVER, self.LIVER] -= self.HEPATIC / (self.VOLUME[self.LIVER] * self.PARTITION[self.LIVER])
        a[self.KIDNEYS, self.KIDNEYS] -= self.RENAL / (self.VOLUME[self.KIDNEYS] * self.PARTITION[self.KIDNEYS])
        self.matrix, self.constants = a, tuple(a.ravel())

    def derivatives(self, t, y):
        return self.matrix @ y

    def jacobian(self, t, y):
        return self.matrix


class Saturable(Problem):
    """Two compartments, elimination after Michaelis and Menten, a dose every 12 h; amounts in mg."""

    name, title, stiff = "saturable", "Michaelis-Menten elimination, 20 doses", False
    end, initial, floor = 10.0, (0.0, 0.0), (1e-3, 1e-3)
    doses = tuple((n * MILLISECONDS // 2, 0, 60.0) for n in range(20))

    def derivatives(self, t, y):
        a, b = y.tolist()
        exchange = 8.0 * a - 6.0 * b
        return [-200.0 * a / (30.0 + a) - exchange, exchange]

    def jacobian(self, t, y):
        a = float(y[0])
        return [[-200.0 * 30.0 / (30.0 + a) ** 2 - 8.0, 6.0], [8.0, -6.0]]


PROBLEMS = (Robertson(), Hires(), VanDerPol(), Oregonator(), Physiological(), Saturable())


def probe(problem, reference):
    """A state at which implementations are compared, away from all that is special."""
    return [0.7 * abs(r) + 0.3 * f * (1 + n) + math.sqrt(f) for n, (r, f) in enumerate(zip(reference, problem.floor))]
