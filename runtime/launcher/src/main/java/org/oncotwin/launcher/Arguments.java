package org.oncotwin.launcher;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the launcher itself reads of the command line; everything else goes to the command unread.
 *
 * @param mode what to do, by the first word after the launcher's own options
 * @param pluginFolders folders whose jars are installed too, in the order given: the environment's, then the options'
 * @param rest the command line without the launcher's own options
 */
record Arguments(Mode mode, List<Path> pluginFolders, List<String> rest) {
    private static final String PLUGINS_OPTION = "--plugins";

    Arguments {
        pluginFolders = List.copyOf(pluginFolders);
        rest = List.copyOf(rest);
    }

    /**
     * Takes the leading {@code --plugins DIR} and {@code --plugins=DIR} options off the command line.
     *
     * @param pluginPath value of the environment variable ONCOTWIN_PLUGINS: folders joined by the path separator of the
     *     system, or null if it is not set
     * @param line the whole command line
     * @throws LaunchException if {@code --plugins} is the last word
     */
    static Arguments parse(String pluginPath, String... line) throws LaunchException {
        List<Path> folders = new ArrayList<>();
        if (pluginPath != null) {
            Arrays.stream(pluginPath.split(File.pathSeparator))
                    .filter(folder -> !folder.isBlank())
                    .map(Path::of)
                    .forEach(folders::add);
        }
        int next = 0;
        while (next < line.length && line[next].startsWith(PLUGINS_OPTION)) {
            String word = line[next];
            if (word.equals(PLUGINS_OPTION)) {
                if (next + 1 == line.length) {
                    throw LaunchException.usage("--plugins needs a folder: --plugins DIR");
                }
                folders.add(Path.of(line[next + 1]));
                next += 2;
            } else if (word.startsWith(PLUGINS_OPTION + "=")) {
                folders.add(Path.of(word.substring(PLUGINS_OPTION.length() + 1)));
                next++;
            } else {
                break;
            }
        }
        List<String> rest = List.of(line).subList(next, line.length);
        return new Arguments(Mode.of(rest), folders, rest);
    }
}
