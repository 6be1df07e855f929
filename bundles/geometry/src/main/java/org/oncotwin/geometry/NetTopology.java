package org.oncotwin.geometry;

import java.util.Arrays;
import org.oncotwin.api.twin.Cancellation;

/**
 * Which faces of a net follow each other on the surface of a region. Around an edge a surface has two faces, or four where cubes of the region meet only at that edge; of four, those two follow each
 * other that belong to the same cube. Faces that follow each other around a vertex share a copy of it, so that around each copy there is one closed fan of faces.
 *
 * <p>A slot is a corner of a face as seen from one of its sides, and the edge from that corner to the next.
 */
final class NetTopology {

    private final LatticeInterface net;

    /** A slot of the same copy of a vertex, towards the lowest. */
    private final int[] copies;

    /** Lowest slot of the same copy of an edge. */
    private final int[] edgeCopies;

    /** Up to four faces around each edge. */
    private final int[] around;

    private final boolean[] middles;
    private boolean anyMiddle;

    NetTopology(LatticeInterface net, Cancellation cancellation) {
        this.net = net;
        this.copies = new int[8 * net.faces()];
        this.edgeCopies = new int[8 * net.faces()];
        for (int slot = 0; slot < copies.length; slot++) {
            copies[slot] = slot;
            edgeCopies[slot] = slot;
        }
        this.around = new int[4 * 3 * net.vertices()];
        this.middles = new boolean[3 * net.vertices()];
        Arrays.fill(around, -1);
        for (int face = 0; face < net.faces(); face++) {
            for (int corner = 0; corner < 4; corner++) {
                int place = 4 * NetRelaxation.edge(net, face, corner);
                while (around[place] >= 0) {
                    place++;
                }
                around[place] = 4 * face + corner;
            }
        }
        cancellation.check();
        for (int edge = 0; edge < middles.length; edge++) {
            joinAround(edge);
        }
        cancellation.check();
        for (int slot = 0; slot < copies.length; slot++) {
            copies[slot] = find(slot);
        }
        for (int edge = 0; edge < middles.length; edge++) {
            middles[edge] = isDouble(edge);
            anyMiddle |= middles[edge];
        }
    }

    /** Number of a slot. */
    static int slot(int face, int side, int corner) {
        return 8 * face + 4 * side + corner;
    }

    /** How many slots there are. */
    int slots() {
        return copies.length;
    }

    /** Lowest slot with the same copy of its vertex. */
    int copy(int slot) {
        return copies[slot];
    }

    /** Lowest slot with the same copy of its edge. */
    int edgeCopy(int slot) {
        return edgeCopies[slot];
    }

    /** True if an edge, three times its lower vertex and its axis, needs a vertex in its middle. */
    boolean hasMiddle(int edge) {
        return middles[edge];
    }

    boolean hasMiddles() {
        return anyMiddle;
    }

    /** Lets faces on the same side of the same region follow each other around an edge. */
    private void joinAround(int edge) {
        for (int first = 4 * edge; first < 4 * edge + 3 && around[first] >= 0; first++) {
            for (int second = first + 1; second < 4 * edge + 4 && around[second] >= 0; second++) {
                for (int sides = 0; sides < 4; sides++) {
                    int one = slot(around[first] / 4, sides / 2, around[first] % 4);
                    int other = slot(around[second] / 4, sides % 2, around[second] % 4);
                    if (follow(edge, one, other)) {
                        join(one, other);
                    }
                }
            }
        }
    }

    /** True if two faces of an edge, each seen from the side of a region, follow each other on its surface. */
    private boolean follow(int edge, int one, int other) {
        int region = net.region(one / 8, one / 4 % 2);
        if (region == 0 || region != net.region(other / 8, other / 4 % 2)) {
            return false;
        }
        return facesOf(edge, region) == 2 || net.cube(one / 8, one / 4 % 2) == net.cube(other / 8, other / 4 % 2);
    }

    private int facesOf(int edge, int region) {
        int count = 0;
        for (int n = 4 * edge; n < 4 * edge + 4 && around[n] >= 0; n++) {
            int face = around[n] / 4;
            count += net.region(face, 0) == region || net.region(face, 1) == region ? 1 : 0;
        }
        return count;
    }

    private void join(int one, int other) {
        edgeCopies[one] = Math.min(one, other);
        edgeCopies[other] = Math.min(one, other);
        boolean alike = net.vertex(one / 8, one % 4) == net.vertex(other / 8, other % 4);
        union(one, alike ? other : after(other));
        union(after(one), alike ? after(other) : other);
    }

    /** Slot of the next corner of the same face and side. */
    private static int after(int slot) {
        return slot - slot % 4 + (slot + 1) % 4;
    }

    private void union(int one, int other) {
        int a = find(one);
        int b = find(other);
        copies[Math.max(a, b)] = Math.min(a, b);
    }

    private int find(int slot) {
        int root = slot;
        while (copies[root] != root) {
            root = copies[root];
        }
        int at = slot;
        while (copies[at] != root) {
            int next = copies[at];
            copies[at] = root;
            at = next;
        }
        return root;
    }

    /** True if a region has an edge twice between the same copies of vertices. */
    private boolean isDouble(int edge) {
        for (int first = 4 * edge; first < 4 * edge + 3 && around[first] >= 0; first++) {
            for (int second = first + 1; second < 4 * edge + 4 && around[second] >= 0; second++) {
                for (int sides = 0; sides < 4; sides++) {
                    int one = slot(around[first] / 4, sides / 2, around[first] % 4);
                    int other = slot(around[second] / 4, sides % 2, around[second] % 4);
                    if (net.region(one / 8, one / 4 % 2) != 0
                            && edgeCopies[one] != edgeCopies[other]
                            && Math.min(copies[one], copies[after(one)])
                                    == Math.min(copies[other], copies[after(other)])
                            && Math.max(copies[one], copies[after(one)])
                                    == Math.max(copies[other], copies[after(other)])) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
