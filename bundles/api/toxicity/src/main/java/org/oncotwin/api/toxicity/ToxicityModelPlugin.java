package org.oncotwin.api.toxicity;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Declares a component as a toxicity model plugin, beside {@code @Component}. The bundle gets a capability in the namespace {@code oncotwin.toxicity}, the service the property
 * {@code oncotwin.toxicity.model.plugin}; both carry the id.
 */
@Capability(namespace = "oncotwin.toxicity")
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ToxicityModelPlugin {

    /** Prefix of the service property. */
    String PREFIX_ = "oncotwin.";

    /** Name of the service property. */
    String PROPERTY = "oncotwin.toxicity.model.plugin";

    /** Id of the model, as in its description. */
    @Attribute("oncotwin.toxicity")
    String value();
}
