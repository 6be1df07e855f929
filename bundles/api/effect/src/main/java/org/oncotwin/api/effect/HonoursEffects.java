package org.oncotwin.api.effect;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Several {@link HonoursEffect}. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface HonoursEffects {

    /** The ports. */
    HonoursEffect[] value();
}
