package org.oncotwin.report.html;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.oncotwin.report.Slice;

/**
 * The line along which a slice has a value, by marching squares (Maple 2003) with linear interpolation between pixel centres. Of the two ways through a
 * saddle the one that separates high values is taken. Lines end at the edge of the slice.
 */
final class Contour {

    private final Slice slice;
    private final double level;
    /** Where the line goes on from a crossed pixel edge, both ways. */
    private final Map<Long, Deque<Long>> neighbours = new HashMap<>();

    private Contour(Slice slice, double level) {
        this.slice = slice;
        this.level = level;
    }

    /** SVG path in mm from the upper left corner of the slice; empty if no value crosses the level. */
    static String path(Slice slice, double level) {
        Contour contour = new Contour(slice, level);
        for (int row = 0; row + 1 < slice.rows(); row++) {
            for (int column = 0; column + 1 < slice.columns(); column++) {
                contour.cross(column, row);
            }
        }
        return contour.trace();
    }

    private boolean high(int column, int row) {
        return slice.value(column, row) >= level;
    }

    private void cross(int column, int row) {
        int corners = (high(column, row) ? 8 : 0)
                | (high(column + 1, row) ? 4 : 0)
                | (high(column + 1, row + 1) ? 2 : 0)
                | (high(column, row + 1) ? 1 : 0);
        long top = edge(column, row, false);
        long bottom = edge(column, row + 1, false);
        long left = edge(column, row, true);
        long right = edge(column + 1, row, true);
        switch (corners) {
            case 1, 14 -> join(left, bottom);
            case 2, 13 -> join(bottom, right);
            case 3, 12 -> join(left, right);
            case 4, 11 -> join(top, right);
            case 5 -> {
                join(left, bottom);
                join(top, right);
            }
            case 6, 9 -> join(top, bottom);
            case 7, 8 -> join(top, left);
            case 10 -> {
                join(top, left);
                join(bottom, right);
            }
            default -> {}
        }
    }

    /** Number of the pixel edge that starts at a pixel and goes down or to the right. */
    private long edge(int column, int row, boolean down) {
        return 2 * ((long) column + (long) slice.columns() * row) + (down ? 1 : 0);
    }

    private void join(long a, long b) {
        neighbours.computeIfAbsent(a, e -> new ArrayDeque<>(2)).add(b);
        neighbours.computeIfAbsent(b, e -> new ArrayDeque<>(2)).add(a);
    }

    private String trace() {
        StringBuilder path = new StringBuilder();
        // Open lines first, from their ends, so that none is cut in two; then closed ones. In the order of edges: the
        // same each time.
        long edges = 2L * slice.columns() * slice.rows();
        for (int ends = 1; ends <= 2; ends++) {
            for (long edge = 0; edge < edges; edge++) {
                Deque<Long> next = neighbours.get(edge);
                if (next != null && next.size() == ends) {
                    follow(edge, path);
                }
            }
        }
        return path.toString();
    }

    private void follow(long start, StringBuilder path) {
        append(path, 'M', start);
        long at = start;
        while (true) {
            Deque<Long> onward = neighbours.get(at);
            if (onward == null || onward.isEmpty()) {
                return;
            }
            long next = onward.remove();
            Deque<Long> back = neighbours.get(next);
            back.remove(at);
            if (next == start) {
                path.append('Z');
                return;
            }
            append(path, 'L', next);
            at = next;
        }
    }

    private void append(StringBuilder path, char command, long edge) {
        boolean down = edge % 2 == 1;
        int column = (int) (edge / 2 % slice.columns());
        int row = (int) (edge / 2 / slice.columns());
        double from = slice.value(column, row);
        double to = down ? slice.value(column, row + 1) : slice.value(column + 1, row);
        double share = Math.min(1, Math.max(0, (level - from) / (to - from)));
        double x = (column + 0.5 + (down ? 0 : share)) * slice.columnSpacing();
        double y = (row + 0.5 + (down ? share : 0)) * slice.rowSpacing();
        path.append(command).append(Coordinates.of(x)).append(' ').append(Coordinates.of(y));
    }
}
