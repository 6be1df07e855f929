package org.oncotwin.api.scene;

import java.util.Arrays;
import java.util.List;

/**
 * Nodes of the mesh that are held where they are, such as those at a bone.
 *
 * @param name lower-case words joined by hyphens
 * @param nodes the nodes, ascending
 */
public record Anchor(String name, List<Integer> nodes) {

    /**
     * Checks that the nodes ascend and makes the list immutable.
     *
     * @throws IllegalArgumentException if there is none, or they do not ascend
     */
    public Anchor {
        Names.check("an anchor", name);
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("anchor " + name + " holds no node");
        }
        for (int n = 1; n < nodes.size(); n++) {
            if (nodes.get(n) <= nodes.get(n - 1)) {
                throw new IllegalArgumentException("nodes of anchor " + name + " do not ascend: " + nodes.get(n)
                        + " comes after " + nodes.get(n - 1));
            }
        }
    }

    /** The nodes as numbers. */
    public int[] toArray() {
        return nodes.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public String toString() {
        int[] first = Arrays.copyOf(toArray(), Math.min(3, nodes.size()));
        return "anchor " + name + " of " + nodes.size() + " nodes, the first " + Arrays.toString(first);
    }
}
