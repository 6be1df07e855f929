package org.oncotwin.engine;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.oncotwin.api.growth.GrowthModel;
import org.oncotwin.api.growth.GrowthModelDescription;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModel;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModelDescription;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.plugin.PluginKind;
import org.oncotwin.api.simulation.PluginCatalogue;
import org.oncotwin.api.simulation.PluginChoice;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.api.solver.SolverDescription;
import org.oncotwin.api.toxicity.ToxicityModel;
import org.oncotwin.api.toxicity.ToxicityModelDescription;
import org.oncotwin.api.treatment.TreatmentModality;
import org.oncotwin.api.treatment.TreatmentModalityDescription;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Knows the plugins that come and go, and lends them to runs. */
@Component(service = {PluginCatalogue.class, PluginRegistry.class})
public final class PluginRegistry implements PluginCatalogue {

    private final Offers<GrowthModel> growthModels = new Offers<>("growth model");
    private final Offers<TreatmentModality> treatmentModalities = new Offers<>("treatment modality");
    private final Offers<OdeSolver> odeSolvers = new Offers<>("solver");
    private final Offers<ReactionDiffusionSolver> reactionDiffusionSolvers = new Offers<>("solver");
    private final Offers<PharmacokineticModel> pharmacokineticModels = new Offers<>("pharmacokinetic model");
    private final Offers<ToxicityModel> toxicityModels = new Offers<>("toxicity model");

    Offers<GrowthModel> growthOffers() {
        return growthModels;
    }

    Offers<TreatmentModality> treatmentOffers() {
        return treatmentModalities;
    }

    Offers<OdeSolver> odeSolverOffers() {
        return odeSolvers;
    }

    Offers<ReactionDiffusionSolver> reactionDiffusionSolverOffers() {
        return reactionDiffusionSolvers;
    }

    Offers<PharmacokineticModel> pharmacokineticOffers() {
        return pharmacokineticModels;
    }

    Offers<ToxicityModel> toxicityOffers() {
        return toxicityModels;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindPharmacokineticModel(PharmacokineticModel model, ServiceReference<PharmacokineticModel> reference) {
        pharmacokineticModels.add(offer(
                PluginKind.PHARMACOKINETICS,
                reference,
                model,
                model.description().plugin().id()));
    }

    void unbindPharmacokineticModel(ServiceReference<PharmacokineticModel> reference) {
        pharmacokineticModels.remove(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindToxicityModel(ToxicityModel model, ServiceReference<ToxicityModel> reference) {
        toxicityModels.add(offer(
                PluginKind.TOXICITY,
                reference,
                model,
                model.description().plugin().id()));
    }

    void unbindToxicityModel(ServiceReference<ToxicityModel> reference) {
        toxicityModels.remove(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindGrowthModel(GrowthModel model, ServiceReference<GrowthModel> reference) {
        growthModels.add(offer(
                PluginKind.GROWTH,
                reference,
                model,
                model.description().plugin().id()));
    }

    void unbindGrowthModel(ServiceReference<GrowthModel> reference) {
        growthModels.remove(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindTreatmentModality(TreatmentModality modality, ServiceReference<TreatmentModality> reference) {
        treatmentModalities.add(offer(
                PluginKind.TREATMENT,
                reference,
                modality,
                modality.description().plugin().id()));
    }

    void unbindTreatmentModality(ServiceReference<TreatmentModality> reference) {
        treatmentModalities.remove(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindOdeSolver(OdeSolver solver, ServiceReference<OdeSolver> reference) {
        odeSolvers.add(
                offer(PluginKind.SOLVER, reference, solver, solver.description().id()));
    }

    void unbindOdeSolver(ServiceReference<OdeSolver> reference) {
        odeSolvers.remove(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindReactionDiffusionSolver(
            ReactionDiffusionSolver solver, ServiceReference<ReactionDiffusionSolver> reference) {
        reactionDiffusionSolvers.add(
                offer(PluginKind.SOLVER, reference, solver, solver.description().id()));
    }

    void unbindReactionDiffusionSolver(ServiceReference<ReactionDiffusionSolver> reference) {
        reactionDiffusionSolvers.remove(reference);
    }

    @Override
    public List<Entry<GrowthModelDescription>> growthModels() {
        return entries(growthModels, GrowthModel::description);
    }

    @Override
    public List<Entry<TreatmentModalityDescription>> treatmentModalities() {
        return entries(treatmentModalities, TreatmentModality::description);
    }

    @Override
    public List<Entry<SolverDescription>> solvers() {
        List<Entry<SolverDescription>> solvers = new java.util.ArrayList<>(entries(odeSolvers, OdeSolver::description));
        solvers.addAll(entries(reactionDiffusionSolvers, ReactionDiffusionSolver::description));
        return List.copyOf(solvers);
    }

    @Override
    public List<Entry<PharmacokineticModelDescription>> pharmacokineticModels() {
        return entries(pharmacokineticModels, PharmacokineticModel::description);
    }

    @Override
    public List<Entry<ToxicityModelDescription>> toxicityModels() {
        return entries(toxicityModels, ToxicityModel::description);
    }

    @Override
    public Entry<GrowthModelDescription> growthModel(PluginChoice choice) {
        return entry(growthModels.find(choice, Offers.ANY, "model", "version"), GrowthModel::description);
    }

    @Override
    public Entry<TreatmentModalityDescription> treatmentModality(PluginChoice choice) {
        return entry(
                treatmentModalities.find(choice, Offers.ANY, "modality", "version"), TreatmentModality::description);
    }

    private static <T, D> List<Entry<D>> entries(Offers<T> offers, Function<T, D> description) {
        return offers.all().stream().map(o -> entry(o, description)).toList();
    }

    private static <T, D> Entry<D> entry(Offers.Offer<T> offer, Function<T, D> description) {
        return new Entry<>(offer.identity().get(), description.apply(offer.plugin()));
    }

    private static <T> Offers.Offer<T> offer(PluginKind kind, ServiceReference<T> reference, T plugin, String id) {
        Bundle bundle = reference.getBundle();
        int ranking = reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer r ? r : 0;
        Supplier<PluginIdentity> identity = once(() -> new PluginIdentity(
                kind, id, bundle.getVersion().toString(), bundle.getSymbolicName(), BundleIdentity.sha256(bundle)));
        return new Offers.Offer<>(
                reference, id, bundle.getVersion(), bundle.getSymbolicName(), ranking, identity, plugin);
    }

    private static <T> Supplier<T> once(Supplier<T> supplier) {
        return new Supplier<>() {
            private T value;

            @Override
            public synchronized T get() {
                if (value == null) {
                    value = supplier.get();
                }
                return value;
            }
        };
    }
}
