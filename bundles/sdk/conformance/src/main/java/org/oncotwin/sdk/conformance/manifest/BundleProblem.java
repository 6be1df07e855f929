package org.oncotwin.sdk.conformance.manifest;

/**
 * A rule that a bundle breaks.
 *
 * @param rule which
 * @param problem what is there, and what is allowed
 */
public record BundleProblem(BundleRule rule, String problem) {

    @Override
    public String toString() {
        return problem;
    }
}
