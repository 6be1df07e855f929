package org.oncotwin.cli.site;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;
import org.oncotwin.api.store.StoreException;

/** Where the process that holds a site can be reached: a Unix-domain socket in its folder, which only its owner may enter. */
final class ControlSocket {
    static final ProtocolFamily FAMILY = StandardProtocolFamily.UNIX;

    private static final String NAME = "control.sock";

    private ControlSocket() {}

    static Path file(Path site) {
        return site.resolve(NAME);
    }

    static UnixDomainSocketAddress address(Path site) {
        return UnixDomainSocketAddress.of(file(site));
    }

    static StoreException unusable(IOException failure) {
        return new StoreException(
                "the socket " + NAME + " of the site cannot be used: " + failure.getMessage()
                        + "; operating systems allow about 100 characters for the path of a socket, so a site that is to be started needs a short one",
                failure);
    }

    /** Whether the other side is a process of the user to whom a file belongs; true only if the operating system says so. */
    static boolean isOwner(SocketChannel channel, Path file) throws IOException {
        String owner = Files.getOwner(file).getName();
        try {
            return Optional.ofNullable(channel.getOption(ExtendedSocketOptions.SO_PEERCRED))
                    .filter(peer -> peer.user().getName().equals(owner))
                    .isPresent();
        } catch (UnsupportedOperationException unknown) {
            return false;
        }
    }
}
