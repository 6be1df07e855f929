package org.oncotwin.api.toxicity;

import java.util.Optional;
import org.oncotwin.api.pharmacokinetics.DrugExposure;
import org.oncotwin.api.plugin.Parameters;

/**
 * A drug in the patient and what is known of its harm.
 *
 * @param exposure doses and concentrations
 * @param parameters numbers of the drug for this model and patient; absent if the drug has no section for the model, which is then a limitation of the result and not harmlessness
 */
public record ToxicExposure(DrugExposure exposure, Optional<Parameters> parameters) {}
