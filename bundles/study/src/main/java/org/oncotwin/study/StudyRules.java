package org.oncotwin.study;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How studies are run. */
@ObjectClassDefinition(name = "OncoTwin studies", description = "How studies are run")
@interface StudyRules {

    /** Name of the configuration. */
    String PID = "org.oncotwin.study";

    /** How long a change waits for studies to move. */
    @AttributeDefinition(
            name = "Move",
            description =
                    "Seconds for which a change waits until running studies have moved to it; one that has reached no safe point by then, or has not taken its first step on the new version, stays on its version and says so",
            min = "1")
    int move_seconds() default 600;
}
