package org.oncotwin.api.effect;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Several {@link DrivesEffect}. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface DrivesEffects {

    /** The ports. */
    DrivesEffect[] value();
}
