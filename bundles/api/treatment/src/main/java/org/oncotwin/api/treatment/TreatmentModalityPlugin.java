package org.oncotwin.api.treatment;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Declares a component as a treatment modality plugin, beside {@code @Component}. The bundle gets a capability in the namespace {@code oncotwin.treatment}, the service the property
 * {@code oncotwin.treatment.modality.plugin}; both carry the id.
 */
@Capability(namespace = "oncotwin.treatment")
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface TreatmentModalityPlugin {

    /** Prefix of the service property. */
    String PREFIX_ = "oncotwin.";

    /** Name of the service property. */
    String PROPERTY = "oncotwin.treatment.modality.plugin";

    /** Id of the modality, as in its description. */
    @Attribute("oncotwin.treatment")
    String value();
}
