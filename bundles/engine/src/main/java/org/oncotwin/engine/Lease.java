package org.oncotwin.engine;

import org.oncotwin.api.plugin.PluginIdentity;

/**
 * The use of one version of a plugin by one run. The version stays in use until the lease is closed, whatever is installed beside it. If the plugin is stopped
 * meanwhile, the lease is withdrawn, and the run sees that at its next safe point.
 */
final class Lease<T> implements AutoCloseable {

    private final PluginIdentity identity;
    private final T plugin;
    private final Runnable onClose;
    private volatile boolean withdrawn;

    Lease(PluginIdentity identity, T plugin, java.util.function.Consumer<Lease<T>> onClose) {
        this.identity = identity;
        this.plugin = plugin;
        this.onClose = () -> onClose.accept(this);
    }

    PluginIdentity identity() {
        return identity;
    }

    T plugin() {
        return plugin;
    }

    boolean isWithdrawn() {
        return withdrawn;
    }

    void withdraw() {
        withdrawn = true;
    }

    @Override
    public void close() {
        onClose.run();
    }
}
