package org.oncotwin.api.scene;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Declares a component as an exporter of scenes, beside {@code @Component}. The bundle gets a capability in the namespace {@code oncotwin.scene}, the service the property {@code oncotwin.scene.exporter.plugin}; both carry the id.
 */
@Capability(namespace = "oncotwin.scene")
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface SceneExporterPlugin {

    /** Prefix of the service property. */
    String PREFIX_ = "oncotwin.";

    /** Name of the service property. */
    String PROPERTY = "oncotwin.scene.exporter.plugin";

    /** Id of the exporter, as in its description. */
    @Attribute("oncotwin.scene")
    String value();
}
