package org.oncotwin.api.pharmacokinetics;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Requirement;

/** Put on a treatment modality that asks for concentrations: the resolver refuses a system without a pharmacokinetic model. */
@Requirement(namespace = "oncotwin.pharmacokinetics")
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface NeedsPharmacokinetics {}
