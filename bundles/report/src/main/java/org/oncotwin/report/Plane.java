package org.oncotwin.report;

/**
 * A plane through the patient, seen as radiologists do: the patient's right is on the left of the picture, the head or the face on top.
 */
public enum Plane {
    /** Seen from the feet. */
    AXIAL("Axial", "R", "L", "A", "P", "z"),
    /** Seen from the front. */
    CORONAL("Coronal", "R", "L", "S", "I", "y"),
    /** Seen from the patient's left, the face to the left of the picture. */
    SAGITTAL("Sagittal", "A", "P", "S", "I", "x");

    private final String title;
    private final String left;
    private final String right;
    private final String top;
    private final String bottom;
    private final String normal;

    Plane(String title, String left, String right, String top, String bottom, String normal) {
        this.title = title;
        this.left = left;
        this.right = right;
        this.top = top;
        this.bottom = bottom;
        this.normal = normal;
    }

    /** Name for people. */
    public String title() {
        return title;
    }

    /** Direction at the left edge of the picture: R, L, A, P, S or I. */
    public String left() {
        return left;
    }

    /** Direction at the right edge. */
    public String right() {
        return right;
    }

    /** Direction at the top edge. */
    public String top() {
        return top;
    }

    /** Direction at the bottom edge. */
    public String bottom() {
        return bottom;
    }

    /** Patient axis at a right angle to the plane: x, y or z. */
    public String normal() {
        return normal;
    }
}
