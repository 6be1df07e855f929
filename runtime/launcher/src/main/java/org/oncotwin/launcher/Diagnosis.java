package org.oncotwin.launcher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Namespace;
import org.osgi.resource.Requirement;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** Says in words why a bundle or a component did not come up. */
final class Diagnosis {
    private Diagnosis() {}

    /** Why a plugin could not be installed. */
    static String ofFailedInstall(BundleException failure) {
        return failure.getType() == BundleException.DUPLICATE_BUNDLE_ERROR
                ? "a bundle of the same name and version is installed already"
                : oneLine(failure);
    }

    /** Why one bundle did not start: the requirements that nothing meets, or what it threw. */
    static String ofFailedStart(Bundle framework, Bundle bundle, BundleException failure) {
        List<String> missing = missingRequirements(framework, bundle);
        if (!missing.isEmpty()) {
            return "bundle " + label(bundle) + " needs " + String.join(" and ", missing) + ", which nothing provides";
        }
        if (failure.getType() == BundleException.RESOLVE_ERROR) {
            return "bundle " + label(bundle) + " cannot be wired to the others: " + firstLine(failure.getMessage());
        }
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return "bundle " + label(bundle) + " failed while it started: " + oneLine(cause);
    }

    /** What is not as it should be when the command did not appear: bundles that are not active, components unsatisfied. */
    static List<String> ofMissingCommand(BundleContext context, Duration timeout) {
        Bundle framework = context.getBundle(Constants.SYSTEM_BUNDLE_ID);
        List<String> lines = new ArrayList<>();
        lines.add("no command came up within " + timeout.toSeconds() + " s");
        for (Bundle bundle : context.getBundles()) {
            if (!isReady(bundle)) {
                lines.add("  bundle " + label(bundle) + " is not active"
                        + because(missingRequirements(framework, bundle)));
            }
        }
        lines.addAll(inactiveComponents(context, false));
        return lines;
    }

    private static String because(List<String> missing) {
        return missing.isEmpty() ? "" : ": it needs " + String.join(" and ", missing) + ", which nothing provides";
    }

    /**
     * One line per component that is not satisfied, sorted by name.
     *
     * @param open whether a site is open, so that no component may wait for one
     */
    static List<String> inactiveComponents(BundleContext context, boolean open) {
        ServiceReference<ServiceComponentRuntime> reference =
                context.getServiceReference(ServiceComponentRuntime.class);
        if (reference == null) {
            return List.of("  no component runtime is there: no bundle offers ServiceComponentRuntime");
        }
        ServiceComponentRuntime runtime = context.getService(reference);
        List<String> lines = new ArrayList<>();
        Collection<ComponentDescriptionDTO> components = runtime.getComponentDescriptionDTOs();
        Set<String> switchedOff = open ? Set.of() : switchedOff(runtime, components);
        components.stream()
                .filter(component -> !switchedOff.contains(component.name))
                .sorted(Comparator.comparing((ComponentDescriptionDTO component) -> component.name))
                .forEach(component -> lines.addAll(inactive(runtime, component)));
        context.ungetService(reference);
        return lines;
    }

    /**
     * Names of the components that are not wanted now: those that need a configuration that nobody made, such as the one that names the folder of a site, and those that wait for
     * services of such components only.
     */
    private static Set<String> switchedOff(
            ServiceComponentRuntime runtime, Collection<ComponentDescriptionDTO> components) {
        Set<String> names = new HashSet<>();
        Set<String> services = new HashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (ComponentDescriptionDTO component : components) {
                if (!names.contains(component.name) && isSwitchedOff(runtime, component, services)) {
                    names.add(component.name);
                    services.addAll(List.of(component.serviceInterfaces));
                    more = true;
                }
            }
        }
        return names;
    }

    private static boolean isSwitchedOff(
            ServiceComponentRuntime runtime, ComponentDescriptionDTO component, Set<String> services) {
        Collection<ComponentConfigurationDTO> configurations = runtime.getComponentConfigurationDTOs(component);
        if (configurations.isEmpty()) {
            return component.configurationPolicy.equals("require");
        }
        return configurations.stream().allMatch(configuration -> switch (configuration.state) {
            case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION -> true;
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
                Arrays.stream(configuration.unsatisfiedReferences)
                        .allMatch(unsatisfied -> Arrays.stream(component.references)
                                .anyMatch(reference -> reference.name.equals(unsatisfied.name)
                                        && services.contains(reference.interfaceName)));
            default -> false;
        });
    }

    private static List<String> inactive(ServiceComponentRuntime runtime, ComponentDescriptionDTO component) {
        Collection<ComponentConfigurationDTO> configurations = runtime.getComponentConfigurationDTOs(component);
        if (configurations.isEmpty()) {
            return List.of("  component " + component.name + " waits for configuration "
                    + Arrays.toString(component.configurationPid));
        }
        return configurations.stream()
                .map(configuration -> reason(component, configuration))
                .filter(reason -> !reason.isEmpty())
                .map(reason -> "  component " + component.name + " " + reason)
                .toList();
    }

    private static String reason(ComponentDescriptionDTO component, ComponentConfigurationDTO configuration) {
        return switch (configuration.state) {
            case ComponentConfigurationDTO.FAILED_ACTIVATION -> "failed: " + cause(configuration.failure);
            case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION ->
                "waits for configuration " + Arrays.toString(component.configurationPid);
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
                "waits for "
                        + Arrays.stream(configuration.unsatisfiedReferences)
                                .map(unsatisfied -> service(component, unsatisfied))
                                .collect(Collectors.joining(" and "));
            default -> "";
        };
    }

    /** What was thrown at first: the component runtime wraps what a constructor throws. */
    private static String cause(String stackTrace) {
        return stackTrace
                .lines()
                .filter(line -> line.startsWith("Caused by: "))
                .reduce((first, last) -> last)
                .map(line -> line.substring("Caused by: ".length()))
                .orElseGet(() -> firstLine(stackTrace));
    }

    private static String service(ComponentDescriptionDTO component, UnsatisfiedReferenceDTO unsatisfied) {
        return Arrays.stream(component.references)
                .filter(reference -> reference.name.equals(unsatisfied.name))
                .map(reference -> "service " + reference.interfaceName)
                .findFirst()
                .orElse("reference " + unsatisfied.name)
                .concat(unsatisfied.target == null ? "" : " " + unsatisfied.target);
    }

    private static List<String> missingRequirements(Bundle framework, Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        if (revision == null) {
            return List.of();
        }
        FrameworkWiring wiring = framework.adapt(FrameworkWiring.class);
        Set<String> missing = new TreeSet<>();
        for (Requirement requirement : revision.getRequirements(null)) {
            if (isNeededToResolve(requirement)
                    && wiring.findProviders(requirement).isEmpty()) {
                missing.add(describe(requirement));
            }
        }
        return List.copyOf(missing);
    }

    private static boolean isNeededToResolve(Requirement requirement) {
        String effective = requirement.getDirectives().get(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE);
        String resolution = requirement.getDirectives().get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE);
        return (effective == null || effective.equals(Namespace.EFFECTIVE_RESOLVE))
                && !Namespace.RESOLUTION_OPTIONAL.equals(resolution)
                && !PackageNamespace.RESOLUTION_DYNAMIC.equals(resolution);
    }

    private static String describe(Requirement requirement) {
        String filter = requirement.getDirectives().get(Namespace.REQUIREMENT_FILTER_DIRECTIVE);
        String what = requirement.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE)
                ? "package"
                : "capability " + requirement.getNamespace();
        return filter == null ? what : what + " " + filter;
    }

    /** Whether the bundle runs; a fragment does not run by itself, it is ready when it is attached. */
    static boolean isReady(Bundle bundle) {
        return bundle.getState() == (isFragment(bundle) ? Bundle.RESOLVED : Bundle.ACTIVE);
    }

    static boolean isFragment(Bundle bundle) {
        return bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
    }

    static String label(Bundle bundle) {
        return bundle.getSymbolicName() + " " + bundle.getVersion();
    }

    /** The message of a failure, or its type if it has none, without line breaks. */
    static String oneLine(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : firstLine(message);
    }

    private static String firstLine(String text) {
        return text == null
                ? "for an unknown reason"
                : text.lines().findFirst().orElse("").strip();
    }
}
