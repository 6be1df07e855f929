package org.oncotwin.report;

/** A plane cut out of a field, turned the way that {@link Plane} says: column 0 is at the left, row 0 at the top. Immutable. */
public final class Slice {

    private final Plane plane;
    private final int columns;
    private final int rows;
    private final double columnSpacing;
    private final double rowSpacing;
    private final double position;
    private final double[] values;

    /**
     * A slice that takes the array over.
     *
     * @param plane which plane
     * @param columns pixels from left to right
     * @param rows pixels from top to bottom
     * @param columnSpacing distance of columns in mm
     * @param rowSpacing distance of rows in mm
     * @param position coordinate along the axis at a right angle to the plane, mm
     * @param values row by row from the top
     */
    Slice(
            Plane plane,
            int columns,
            int rows,
            double columnSpacing,
            double rowSpacing,
            double position,
            double[] values) {
        if (values.length != columns * rows) {
            throw new IllegalArgumentException(
                    "a slice of " + columns + " x " + rows + " pixels has not " + values.length + " values");
        }
        this.plane = plane;
        this.columns = columns;
        this.rows = rows;
        this.columnSpacing = columnSpacing;
        this.rowSpacing = rowSpacing;
        this.position = position;
        this.values = values;
    }

    /** Which plane. */
    public Plane plane() {
        return plane;
    }

    /** Pixels from left to right. */
    public int columns() {
        return columns;
    }

    /** Pixels from top to bottom. */
    public int rows() {
        return rows;
    }

    /** Distance between the centres of neighbouring columns in mm. */
    public double columnSpacing() {
        return columnSpacing;
    }

    /** Distance between the centres of neighbouring rows in mm. */
    public double rowSpacing() {
        return rowSpacing;
    }

    /** Patient coordinate (RAS+, mm) of the slice's chosen point along the axis at a right angle to the plane. */
    public double position() {
        return position;
    }

    /** Value of a pixel. */
    public double value(int column, int row) {
        return values[column + columns * row];
    }

    /** Width in mm, from edge to edge of the outermost pixels. */
    public double width() {
        return columns * columnSpacing;
    }

    /** Height in mm, from edge to edge of the outermost pixels. */
    public double height() {
        return rows * rowSpacing;
    }

    /** A copy of the values, row by row from the top. */
    public double[] toArray() {
        return values.clone();
    }

    /** True if both are the same plane, pixels and place. */
    boolean coincidesWith(Slice other) {
        return plane == other.plane
                && columns == other.columns
                && rows == other.rows
                && Math.abs(position - other.position) <= 1e-3
                && Math.abs(columnSpacing - other.columnSpacing) <= 1e-3
                && Math.abs(rowSpacing - other.rowSpacing) <= 1e-3;
    }

    @Override
    public String toString() {
        return plane + " slice of " + columns + " x " + rows + " pixels at " + plane.normal() + " = " + position
                + " mm";
    }
}
