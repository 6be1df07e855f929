package org.oncotwin.api.effect;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;

/** Put on a growth model: it honours this effect port. Becomes an OSGi capability of its bundle. */
@Capability(namespace = HonoursEffect.NAMESPACE)
@Repeatable(HonoursEffects.class)
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface HonoursEffect {

    /** Namespace of the capability and of {@link DrivesEffect}'s requirement. */
    String NAMESPACE = "oncotwin.effect";

    /** Name of the port, from {@link EffectNames}. */
    @Attribute(NAMESPACE)
    String value();
}
