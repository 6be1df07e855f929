package org.oncotwin.solver.grid;

import java.util.Arrays;

/**
 * How the voxels of a row are computed by the explicit scheme. A span is uniform if all its voxels and their neighbours are of one class, save neighbours outside the domain
 * that are so along the whole span: its coefficients are a few numbers, and u is all that is read. Other spans read a coefficient per face, or look it up by class if
 * they are short.
 */
final class RowSpans {

    /** Shortest span for which vector loops pay. */
    private static final int SHORTEST = 16;

    /** Shortest uniform span that is worth leaving a mixed one for: below, the ends of its vector loops cost more than the coefficients that a mixed span reads. */
    private static final int SHORTEST_UNIFORM = 32;

    /** Numbers per span: first place, place after the last, kind, class. */
    static final int STRIDE = 4;

    /** Kinds: bits of a uniform span tell which neighbouring rows are inside. */
    static final int NORTH = 1;

    static final int SOUTH = 2;
    static final int ABOVE = 4;
    static final int BELOW = 8;

    static final int MIXED = 16;
    static final int LOOKED_UP = 17;

    private static final int NOT_UNIFORM = -1;

    private final Domain domain;
    private final int[] signature;
    private int[] spans = new int[STRIDE * 16];
    private int used;

    RowSpans(Domain domain) {
        this.domain = domain;
        this.signature = new int[domain.width];
    }

    /** The spans of a row, {@link #STRIDE} numbers each. */
    int[] of(int row) {
        used = 0;
        int from = domain.from[row];
        int to = domain.to[row];
        sign(row, from, to);
        int pending = from;
        int i = from;
        while (i < to) {
            int end = i + 1;
            while (end < to && signature[end] == signature[i]) {
                end++;
            }
            if (signature[i] != NOT_UNIFORM && end - i >= SHORTEST_UNIFORM) {
                addOthers(row, pending, i);
                add(i, end, signature[i] & 15, signature[i] >> 4);
                pending = end;
            }
            i = end;
        }
        addOthers(row, pending, to);
        return Arrays.copyOf(spans, used);
    }

    private void sign(int row, int from, int to) {
        byte[] classes = domain.classes;
        int width = domain.width;
        int plane = domain.rowsPerPlane * width;
        for (int i = from; i < to; i++) {
            int p = row * width + i;
            int c = classes[p];
            boolean uniform = c != 0
                    && fits(classes[p - 1], c)
                    && fits(classes[p + 1], c)
                    && fits(classes[p + width], c)
                    && fits(classes[p - width], c)
                    && fits(classes[p + plane], c)
                    && fits(classes[p - plane], c);
            signature[i] = uniform
                    ? c << 4
                            | (classes[p + width] == 0 ? 0 : NORTH)
                            | (classes[p - width] == 0 ? 0 : SOUTH)
                            | (classes[p + plane] == 0 ? 0 : ABOVE)
                            | (classes[p - plane] == 0 ? 0 : BELOW)
                    : NOT_UNIFORM;
        }
    }

    private static boolean fits(byte neighbour, int c) {
        return neighbour == 0 || neighbour == c;
    }

    /** Adds what lies between uniform spans, without stretches outside the domain that are long. */
    private void addOthers(int row, int from, int to) {
        int start = row * domain.width;
        int i = from;
        while (i < to) {
            while (i < to && domain.classes[start + i] == 0) {
                i++;
            }
            int end = i;
            int gap = 0;
            int j = i;
            for (; j < to && gap < SHORTEST; j++) {
                if (domain.classes[start + j] == 0) {
                    gap++;
                } else {
                    gap = 0;
                    end = j + 1;
                }
            }
            if (end > i) {
                add(i, end, end - i >= SHORTEST ? MIXED : LOOKED_UP, 0);
            }
            i = j;
        }
    }

    private void add(int from, int to, int kind, int tissue) {
        if (used + STRIDE > spans.length) {
            spans = Arrays.copyOf(spans, 2 * spans.length);
        }
        spans[used++] = from;
        spans[used++] = to;
        spans[used++] = kind;
        spans[used++] = tissue;
    }

    /** True if one of the spans reads coefficients per face. */
    static boolean hasMixed(int[] spans) {
        for (int s = 2; s < spans.length; s += STRIDE) {
            if (spans[s] == MIXED) {
                return true;
            }
        }
        return false;
    }
}
