package org.oncotwin.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.Dosing;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.DrugExposure;
import org.oncotwin.api.pharmacokinetics.DrugParameters;
import org.oncotwin.api.pharmacokinetics.MassBalance;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModel;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModelDescription;
import org.oncotwin.api.pharmacokinetics.Pharmacokinetics;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.simulation.ModelChoice;
import org.oncotwin.api.simulation.Pharmacology;
import org.oncotwin.api.simulation.SimulationRequest;
import org.oncotwin.api.simulation.ToxicitySummary;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.solver.SolverNeed;
import org.oncotwin.api.toxicity.ToxicExposure;
import org.oncotwin.api.toxicity.ToxicityModel;
import org.oncotwin.api.toxicity.ToxicityModelDescription;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.units.UnitConverter;

/** The models of drugs in the body that a run has leased: where they go and what harm they do. Dispositions and harm are functions of time alone, computed where they are asked for. */
final class LeasedPharmacology implements AutoCloseable {

    /** Share of what was given below which the rest of it does not count. */
    private static final double LEFT = 1e-3;

    private final Pharmacology pharmacology;
    private final Setting setting;
    private final UnitConverter units;
    private final Optional<Lease<PharmacokineticModel>> model;
    private final List<Lease<ToxicityModel>> toxicities;

    private LeasedPharmacology(
            SimulationRequest request,
            UnitConverter units,
            Optional<Lease<PharmacokineticModel>> model,
            List<Lease<ToxicityModel>> toxicities) {
        this.pharmacology = request.pharmacology();
        this.setting = request.setting();
        this.units = units;
        this.model = model;
        this.toxicities = List.copyOf(toxicities);
    }

    /**
     * Leases what the case names; for pharmacokinetics that it does not name, the model with the highest service ranking that has numbers for all its drugs.
     *
     * @throws InvalidInputException if there is none, or what is named would do nothing
     */
    static LeasedPharmacology lease(
            PluginRegistry registry,
            UnitConverter units,
            SimulationRequest request,
            Predicate<PluginIdentity> visible) {
        Pharmacology wanted = request.pharmacology();
        if (wanted.drugs().isEmpty()) {
            refuseUseless("pharmacokinetics", wanted.pharmacokinetics().isPresent());
            refuseUseless("toxicities", !wanted.toxicities().isEmpty());
        }
        Optional<Lease<PharmacokineticModel>> model = Optional.empty();
        List<Lease<ToxicityModel>> toxicities = new ArrayList<>();
        try {
            if (!wanted.drugs().isEmpty()) {
                Offers<PharmacokineticModel> offers = registry.pharmacokineticOffers();
                model = Optional.of(offers.lease(pharmacokineticModel(offers, wanted, visible)));
            }
            for (int i = 0; i < wanted.toxicities().size(); i++) {
                String field = "toxicities[" + i + "]";
                ModelChoice choice = wanted.toxicities().get(i);
                if (wanted.toxicities().subList(0, i).stream()
                        .anyMatch(other ->
                                other.model().id().equals(choice.model().id()))) {
                    throw new InvalidInputException(
                            field + ".model", "'" + choice.model().id() + "' stands there twice");
                }
                toxicities.add(registry.toxicityOffers()
                        .lease(registry.toxicityOffers()
                                .find(choice.model(), visible, field + ".model", field + ".version")));
            }
            return new LeasedPharmacology(request, units, model, toxicities);
        } catch (RuntimeException e) {
            model.ifPresent(Lease::close);
            toxicities.forEach(Lease::close);
            throw e;
        }
    }

    private static void refuseUseless(String field, boolean wanted) {
        if (wanted) {
            throw new InvalidInputException(field, "would do nothing: no treatment of the case gives a drug");
        }
    }

    private static Offers.Offer<PharmacokineticModel> pharmacokineticModel(
            Offers<PharmacokineticModel> offers, Pharmacology wanted, Predicate<PluginIdentity> visible) {
        if (wanted.pharmacokinetics().isPresent()) {
            return offers.find(
                    wanted.pharmacokinetics().get().model(),
                    visible,
                    "pharmacokinetics.model",
                    "pharmacokinetics.version");
        }
        return offers.highestRanking(offer -> Offers.sees(visible, offer)
                        && lacking(offer.plugin(), wanted).isEmpty())
                .orElseThrow(() -> new InvalidInputException(
                        "pharmacokinetics",
                        "no pharmacokinetic model has numbers for all drugs of the case; "
                                + offers.all(visible).stream()
                                        .map(offer -> offer.id() + " has none for " + lacking(offer.plugin(), wanted))
                                        .collect(Collectors.collectingAndThen(
                                                Collectors.joining("; "),
                                                words -> words.isEmpty() ? "there is no model" : words))));
    }

    private static List<String> lacking(PharmacokineticModel model, Pharmacology wanted) {
        String section = model.description().drugSection();
        return wanted.drugs().values().stream()
                .filter(drug -> !drug.sections().containsKey(section))
                .map(Drug::id)
                .toList();
    }

    /** All leases, pharmacokinetics first. */
    List<Lease<?>> leases() {
        List<Lease<?>> leases = new ArrayList<>();
        model.ifPresent(leases::add);
        leases.addAll(toxicities);
        return leases;
    }

    /** What the models ask of solvers. */
    Set<SolverNeed> needs() {
        Set<SolverNeed> needs = new LinkedHashSet<>();
        model.ifPresent(lease -> needs.addAll(lease.plugin().description().solverNeeds()));
        toxicities.forEach(lease -> needs.addAll(lease.plugin().description().solverNeeds()));
        return needs;
    }

    @Override
    public void close() {
        leases().forEach(Lease::close);
    }

    /** A model and the parameters with which it is used. */
    record Used(String label, PluginDescription plugin, Parameters parameters, Map<String, Double> given) {}

    /**
     * The models with their parameters, pharmacokinetics first.
     *
     * @throws InvalidInputException naming a parameter that cannot be used
     */
    List<Used> used(Map<ParameterName, Double> replaced) {
        List<Used> used = new ArrayList<>();
        model.ifPresent(lease -> used.add(used(
                "pharmacokinetics",
                lease.plugin().description().plugin(),
                pharmacology.pharmacokinetics().map(ModelChoice::parameters).orElseGet(TreeMap::new),
                replaced)));
        for (int i = 0; i < toxicities.size(); i++) {
            used.add(used(
                    "toxicities[" + i + "]",
                    toxicities.get(i).plugin().description().plugin(),
                    pharmacology.toxicities().get(i).parameters(),
                    replaced));
        }
        return used;
    }

    /** The model of where drugs go, if there is one. */
    List<Used> usedPharmacokinetics(Map<ParameterName, Double> replaced) {
        return used(replaced).subList(0, model.isPresent() ? 1 : 0);
    }

    private static Used used(
            String field,
            PluginDescription plugin,
            SortedMap<String, Double> given,
            Map<ParameterName, Double> replaced) {
        try {
            Parameters parameters =
                    Participants.replaced(plugin.id(), Parameters.resolve(plugin.parameters(), given), replaced);
            return new Used(plugin.id(), plugin, parameters, given);
        } catch (InvalidInputException e) {
            throw e.within(field + ".parameters");
        }
    }

    /**
     * What courses may ask.
     *
     * @param replaced values of parameters that take the place of the given ones
     * @param context makes what is lent to a plugin of a label
     */
    Pharmacokinetics pharmacokinetics(Map<ParameterName, Double> replaced, Function<String, RunContext> context) {
        if (model.isEmpty()) {
            return Pharmacokinetics.NONE;
        }
        PharmacokineticModel plugin = model.get().plugin();
        PharmacokineticModelDescription description = plugin.description();
        Parameters parameters = used(replaced).get(0).parameters();
        return new Pharmacokinetics() {
            @Override
            public Drug drug(String id) {
                return known(id);
            }

            @Override
            public Disposition disposition(String id, List<Administration> administrations) {
                Drug drug = known(id);
                Parameters numbers = DrugParameters.resolve(
                        drug, description.drugSection(), description.drugParameters(), setting, units);
                return plugin.disposition(
                        setting,
                        new Dosing(drug, numbers, administrations),
                        parameters,
                        context.apply(description.plugin().id()));
            }
        };
    }

    private Drug known(String id) {
        Drug drug = pharmacology.drugs().get(id);
        if (drug == null) {
            throw new InvalidInputException(
                    "drug",
                    "'" + id + "' is none of the drugs of the case, "
                            + pharmacology.drugs().keySet());
        }
        return drug;
    }

    /** Harm that the drugs of the courses do, in the order of the case. */
    List<ToxicitySummary> assess(Participants participants, Function<String, RunContext> context) {
        List<DrugExposure> exposures = exposures(participants);
        List<ToxicitySummary> summaries = new ArrayList<>();
        List<Used> used = used(Map.of()).subList(model.isPresent() ? 1 : 0, leases().size());
        for (int i = 0; i < toxicities.size(); i++) {
            ToxicityModel plugin = toxicities.get(i).plugin();
            ToxicityModelDescription description = plugin.description();
            String label = description.plugin().id();
            List<ToxicExposure> known =
                    exposures.stream().map(e -> toxic(e, description)).toList();
            Parameters parameters = used.get(i).parameters();
            summaries.add(new ToxicitySummary(
                    label,
                    description.plugin().title(),
                    plugin.assess(setting, known, parameters, context.apply(label))));
        }
        return summaries;
    }

    /** What rules of labels say to what was found. */
    DoseGuidance guidance(Participants participants, List<ToxicitySummary> found) {
        Set<String> terms = new LinkedHashSet<>();
        toxicities.forEach(lease -> terms.addAll(lease.plugin().description().terms()));
        return DoseGuidance.of(
                exposures(participants),
                found.stream().map(ToxicitySummary::toxicity).toList(),
                terms,
                units);
    }

    /** Drugs that a treatment gives while there is still some of them from another, a sentence each: each computes its own doses alone. */
    static List<String> givenTwice(Participants participants, SimulationTime end) {
        List<DrugExposure> exposures = exposures(participants);
        Set<String> sentences = new LinkedHashSet<>();
        for (int i = 1; i < exposures.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (meet(exposures.get(j), exposures.get(i), end)) {
                    sentences.add(exposures.get(i).drug().title()
                            + ": two treatments give it, the later one while the body still holds some of the earlier, and each "
                            + "is computed as if the other were not there; that is right only while neither elimination nor effect are saturated and "
                            + "clearance does not change over time.");
                }
            }
        }
        return List.copyOf(sentences);
    }

    /** True if one drug is given anew before its last dose of another treatment is over, or while more than a thousandth of what was given is left. */
    private static boolean meet(DrugExposure before, DrugExposure next, SimulationTime end) {
        SimulationTime start = next.administrations().get(0).start();
        if (!before.drug().id().equals(next.drug().id()) || !start.isBefore(end)) {
            return false;
        }
        double last = before.administrations()
                .get(before.administrations().size() - 1)
                .endDay();
        MassBalance then = before.disposition().massBalance(start.days());
        return start.days() <= last || then.present() > LEFT * then.given();
    }

    private ToxicExposure toxic(DrugExposure exposure, ToxicityModelDescription description) {
        Drug drug = exposure.drug();
        Optional<Parameters> numbers = drug.sections().containsKey(description.drugSection())
                ? Optional.of(DrugParameters.resolve(
                        drug, description.drugSection(), description.drugParameters(), setting, units))
                : Optional.empty();
        return new ToxicExposure(exposure, numbers);
    }

    /** Sorted, so that the order in which a case lists its treatments cannot matter. */
    static List<DrugExposure> exposures(Participants participants) {
        return participants.courses().stream()
                .flatMap(planned -> planned.course().exposures().stream())
                .filter(exposure -> !exposure.administrations().isEmpty())
                .sorted(Comparator.<DrugExposure, String>comparing(e -> e.drug().id())
                        .thenComparing(e -> e.administrations().get(0).start()))
                .toList();
    }
}
