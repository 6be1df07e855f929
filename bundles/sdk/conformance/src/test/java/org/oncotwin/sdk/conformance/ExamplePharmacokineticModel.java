package org.oncotwin.sdk.conformance;

import java.util.ArrayList;
import java.util.Collections;
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
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.TimeFunction;

/** Keeps the laws: one compartment with linear elimination. */
class ExamplePharmacokineticModel implements PharmacokineticModel {

    static final List<ParameterDescription> PARAMETERS = List.of(ParameterDescription.optional(
            "clearance_factor", "1", 1, 0.1, 10, "Factor on clearance", "made up for a test"));
    static final List<ParameterDescription> DRUG_PARAMETERS = List.of(
            ParameterDescription.required("clearance", "L/d", 1, 1000, "Clearance", "made up for a test"),
            ParameterDescription.optional("volume", "L", 10, 1, 100, "Volume of distribution", "made up for a test"));

    List<String> references() {
        return List.of("made up");
    }

    List<ParameterDescription> drugParameters() {
        return DRUG_PARAMETERS;
    }

    @Override
    public PharmacokineticModelDescription description() {
        return new PharmacokineticModelDescription(
                new PluginDescription("example", "Example", "Tests.", List.of("Made up."), PARAMETERS, references()),
                "example",
                drugParameters(),
                "dA/dt = input - CL/V A",
                Set.of());
    }

    @Override
    public Disposition disposition(Setting setting, Dosing dosing, Parameters parameters, RunContext context) {
        Parameters own = checked(parameters);
        Parameters drug =
                Parameters.resolve(drugParameters(), dosing.parameters().values());
        double rate = drug.value("clearance") * own.value("clearance_factor") / drug.value("volume");
        return disposition(new OneCompartment(dosing.administrations(), rate, drug.value("volume")), context);
    }

    Parameters checked(Parameters parameters) {
        return Parameters.resolve(PARAMETERS, parameters.values());
    }

    Disposition disposition(OneCompartment compartment, RunContext context) {
        return compartment;
    }

    /** Amounts by superposition of doses. */
    static class OneCompartment implements Disposition, TimeFunction {

        final List<Administration> doses;
        final double rate;
        final double volume;

        OneCompartment(List<Administration> doses, double rate, double volume) {
            this.doses = doses;
            this.rate = rate;
            this.volume = volume;
        }

        OneCompartment(OneCompartment other) {
            this(other.doses, other.rate, other.volume);
        }

        @Override
        public SortedSet<String> sites() {
            return Collections.unmodifiableSortedSet(new TreeSet<>(List.of(PLASMA)));
        }

        @Override
        public TimeFunction concentration(String site) {
            if (!site.equals(PLASMA)) {
                throw new InvalidInputException("site", "'" + site + "' is not known; known is " + PLASMA);
            }
            return this;
        }

        double present(double day) {
            double amount = 0;
            for (Administration dose : doses) {
                double since = day - dose.start().days();
                if (since >= 0 && dose.amount() > 0) {
                    double during = Math.min(since, dose.days());
                    double entered = dose.days() == 0
                            ? dose.amount()
                            : -dose.amount() / dose.days() / rate * StrictMath.expm1(-rate * during);
                    amount += entered * StrictMath.exp(-rate * (since - during));
                }
            }
            return amount;
        }

        double given(double day) {
            double amount = 0;
            for (Administration dose : doses) {
                double since = day - dose.start().days();
                if (since >= dose.days()) {
                    amount += dose.amount();
                } else if (since > 0) {
                    amount += dose.amount() * since / dose.days();
                }
            }
            return amount;
        }

        @Override
        public double at(double day) {
            return present(day) / volume;
        }

        @Override
        public double integral(double from, double to) {
            return from == to ? 0 : Math.max(0, eliminated(to) - eliminated(from)) / (rate * volume);
        }

        double eliminated(double day) {
            return Math.max(0, given(day) - present(day));
        }

        @Override
        public double[] jumps(double from, double to) {
            SortedSet<Double> days = new TreeSet<>();
            for (Administration dose : doses) {
                days.addAll(List.of(dose.start().days(), dose.endDay()));
            }
            days.removeIf(day -> day <= from || day >= to);
            return new ArrayList<>(days).stream().mapToDouble(day -> day).toArray();
        }

        @Override
        public MassBalance massBalance(double day) {
            return new MassBalance(given(day), present(day), eliminated(day));
        }
    }
}
