package org.oncotwin.engine;

import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.Dosing;
import org.oncotwin.api.pharmacokinetics.MassBalance;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModel;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModelDescription;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.TimeFunction;

/** One compartment that empties at a rate; a factor stands for the difference between two such models. */
record DecayPharmacokinetics(String id, double factor) implements PharmacokineticModel {

    @Override
    public PharmacokineticModelDescription description() {
        return new PharmacokineticModelDescription(
                new PluginDescription(
                        id,
                        id,
                        "Tests of the engine.",
                        List.of(),
                        List.of(ParameterDescription.optional("clearance_factor", "1", 1, 0.1, 10, "factor", "test")),
                        List.of()),
                id,
                List.of(
                        ParameterDescription.required("elimination", "/d", 0, 100, "rate", "test"),
                        ParameterDescription.required("volume", "L", 0.1, 1000, "volume", "test")),
                "",
                Set.of());
    }

    @Override
    public Disposition disposition(Setting setting, Dosing dosing, Parameters parameters, RunContext context) {
        double rate = dosing.parameters().value("elimination") * parameters.value("clearance_factor");
        double volume = dosing.parameters().value("volume");
        Administration dose = dosing.administrations().get(0);
        double peak = factor * dose.amount() / volume;
        double start = dose.start().days();
        TimeFunction concentration = new TimeFunction() {
            @Override
            public double at(double day) {
                return day < start ? 0 : peak * StrictMath.exp(-rate * (day - start));
            }

            @Override
            public double integral(double from, double to) {
                return (at(Math.max(from, start)) - at(Math.max(to, start))) / rate;
            }

            @Override
            public double[] jumps(double from, double to) {
                return start > from && start < to ? new double[] {start} : new double[0];
            }
        };
        return new Disposition() {
            @Override
            public SortedSet<String> sites() {
                return new TreeSet<>(Set.of(PLASMA));
            }

            @Override
            public TimeFunction concentration(String site) {
                return concentration;
            }

            @Override
            public MassBalance massBalance(double day) {
                double present = concentration.at(day) * volume;
                return new MassBalance(dose.amount(), present, dose.amount() - present);
            }
        };
    }
}
