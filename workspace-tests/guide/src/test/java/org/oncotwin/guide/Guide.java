package org.oncotwin.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a guide asks of its reader, in order. A fenced block is a file if a line with its path in backquotes and a colon stands before it, a command if it is marked
 * {@code sh}, and to be read only if it is marked {@code text}. Any other block is an error, so that no block is left untested by oversight.
 *
 * @param steps files to write and commands to run
 */
record Guide(List<Step> steps) {

    /** One thing to do. */
    sealed interface Step permits WriteFile, RunCommand {}

    /**
     * A file to write.
     *
     * @param path relative to the reader's folder
     * @param content what to write
     */
    record WriteFile(Path path, String content) implements Step {}

    /**
     * A command to run in the reader's folder.
     *
     * @param command for the shell
     * @param line where it stands in the guide
     */
    record RunCommand(String command, int line) implements Step {}

    private static final Pattern PATH = Pattern.compile("`([^`]+)`:");
    private static final String FENCE = "```";

    static Guide read(Path markdown) throws IOException {
        return parse(Files.readAllLines(markdown));
    }

    static Guide parse(List<String> lines) {
        List<Step> steps = new ArrayList<>();
        String before = "";
        int i = 0;
        while (i < lines.size()) {
            String line = lines.get(i);
            if (line.startsWith(FENCE)) {
                int opening = i + 1;
                List<String> block = new ArrayList<>();
                for (i++; i < lines.size() && !lines.get(i).equals(FENCE); i++) {
                    block.add(lines.get(i));
                }
                if (i == lines.size()) {
                    throw new IllegalArgumentException("the block at line " + opening + " has no end");
                }
                step(line.substring(FENCE.length()), before, block, opening, steps);
                before = "";
            } else if (!line.isBlank()) {
                before = line;
            }
            i++;
        }
        return new Guide(List.copyOf(steps));
    }

    private static void step(String mark, String before, List<String> block, int line, List<Step> steps) {
        String content = String.join("\n", block) + "\n";
        Matcher path = PATH.matcher(before);
        if (path.matches()) {
            steps.add(new WriteFile(Path.of(path.group(1)), content));
        } else if (mark.equals("sh")) {
            steps.add(new RunCommand(content, line));
        } else if (!mark.equals("text")) {
            throw new IllegalArgumentException(
                    "the block at line " + line + " is neither a file with its path before it nor a command nor text");
        }
    }
}
