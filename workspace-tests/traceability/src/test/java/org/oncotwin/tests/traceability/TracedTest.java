package org.oncotwin.tests.traceability;

import java.util.Set;
import java.util.TreeSet;

/**
 * A test method of a class that JUnit runs.
 *
 * @param module folder of the module
 * @param className binary name of the class
 * @param method its own or an inherited one
 * @param requirements the requirements that it verifies, in order of their ids
 * @param result of its last run
 */
record TracedTest(String module, String className, String method, Set<String> requirements, Result result) {

    TracedTest(String module, String className, String method, Set<String> requirements, Result result) {
        this.module = module;
        this.className = className;
        this.method = method;
        this.requirements = new TreeSet<>(requirements);
        this.result = result;
    }

    /** Class without its package, and method. */
    String title() {
        return className.substring(className.lastIndexOf('.') + 1) + "." + method;
    }
}
