package org.oncotwin.api.export;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Declares a component as an export plugin, beside {@code @Component}. The bundle gets a capability in the namespace {@code oncotwin.export}, the service the property
 * {@code oncotwin.exporter.plugin}; both carry the id.
 */
@Capability(namespace = "oncotwin.export")
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ExporterPlugin {

    /** Prefix of the service property. */
    String PREFIX_ = "oncotwin.";

    /** Name of the service property. */
    String PROPERTY = "oncotwin.exporter.plugin";

    /** Id of the exporter, as in its description. */
    @Attribute("oncotwin.export")
    String value();
}
