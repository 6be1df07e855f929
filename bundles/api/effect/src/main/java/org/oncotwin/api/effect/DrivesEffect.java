package org.oncotwin.api.effect;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Requirement;

/**
 * Put on a treatment modality: it drives this effect port. Becomes an OSGi requirement of its bundle, so that the resolver refuses a system in which no growth
 * model honours the port, and says which.
 */
@Requirement(namespace = HonoursEffect.NAMESPACE, filter = "(" + HonoursEffect.NAMESPACE + "=${#value})")
@Repeatable(DrivesEffects.class)
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface DrivesEffect {

    /** Name of the port, from {@link EffectNames}. */
    String value();
}
