package org.oncotwin.casefile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** How keys and values are said in messages: on one line, of bounded length. */
final class Words {
    private static final int LONGEST = 80;

    private Words() {}

    /** A text from the case, made fit for one line. */
    static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }

    /** The form of a value. */
    static String form(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> "text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            default -> "null";
        };
    }

    /** Known words in a sentence, with the nearest one first if there is one near. */
    static String known(String word, Collection<String> known) {
        if (known.isEmpty()) {
            return "there are none";
        }
        String list = "known are " + String.join(", ", known);
        return nearest(word, known)
                .map(near -> "did you mean '" + near + "'? " + list)
                .orElse(list);
    }

    /** The word that differs in the fewest letters, if in at most a third of them. */
    static Optional<String> nearest(String word, Collection<String> known) {
        String wanted = word.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(k -> distance(wanted, k.toLowerCase(Locale.ROOT)) <= Math.max(1, k.length() / 3))
                .min(Comparator.comparingInt(k -> distance(wanted, k.toLowerCase(Locale.ROOT))));
    }

    /** Levenshtein's distance: the fewest letters to put in, take out or change. */
    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > LONGEST) {
            return Integer.MAX_VALUE;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
