package org.oncotwin.imaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.oncotwin.api.imaging.ImageException;
import org.oncotwin.api.twin.Affine;

/**
 * Where the voxels of a NIfTI file lie. The standard knows three methods; this is their order:
 *
 * <ol>
 *   <li>sform_code above 0: the rows srow_x, srow_y, srow_z;
 *   <li>else qform_code above 0: quaternion, offset, pixdim and qfac (pixdim[0], below 0 for a left-handed order of indices);
 *   <li>else pixdim alone: {@code x = pixdim[1] i, y = pixdim[2] j, z = pixdim[3] k}, "method 1" of {@code nifti1.h}. Other readers follow SPM's
 *       habit for Analyze files here (origin in the middle, x flipped); the standard does not know that.
 * </ol>
 *
 * Lengths in metres or micrometres (xyzt_units) become millimetres; an unknown unit (0) counts as millimetres.
 *
 * @param affine from voxel indices to millimetres
 * @param source {@code sform}, {@code qform} or {@code spacing}
 * @param warnings where the header contradicts itself
 */
record NiftiPlacement(Affine affine, String source, List<String> warnings) {

    /** Largest distance in mm by which sform and qform may place a corner of the image differently before that is reported. */
    static final double LARGEST_DISPLACEMENT = 0.01;

    /** Largest relative difference between pixdim and the spacing of the affine before it is reported. */
    static final double LARGEST_SPACING_DIFFERENCE = 1e-3;

    /** How far b2 + c2 + d2 may exceed 1 by the rounding of 32-bit floats. */
    private static final double QUATERNION_ROUNDING = 1e-5;

    private static final String[] ROW_NAMES = {"srow_x", "srow_y", "srow_z"};

    /** The placement of a header. */
    static NiftiPlacement of(NiftiHeader header) throws ImageException {
        double unit = millimetres(header);
        List<String> warnings = new ArrayList<>();
        if (header.sformCode() > 0) {
            Affine affine = sform(header, unit);
            if (header.qformCode() > 0) {
                compare(header, unit, affine, warnings);
            }
            compareSpacing(header, unit, affine, warnings);
            return new NiftiPlacement(affine, "sform", warnings);
        }
        if (header.qformCode() > 0) {
            return new NiftiPlacement(qform(header, unit), "qform", warnings);
        }
        double[] d = spacings(header, unit);
        warnings.add(
                "neither sform nor qform: the first voxel is put at the origin and the indices run to the right, front and head");
        return new NiftiPlacement(
                affine(header, "pixdim", d[0], 0, 0, 0, 0, d[1], 0, 0, 0, 0, d[2], 0), "spacing", warnings);
    }

    private static double millimetres(NiftiHeader header) throws ImageException {
        return switch (header.units() & 7) {
            case 0, 2 -> 1;
            case 1 -> 1000;
            case 3 -> 1e-3;
            default ->
                throw Refusal.of(
                        header.file(),
                        "xyzt_units",
                        header.units(),
                        "0 (unknown, taken as mm), 1 (m), 2 (mm) or 3 (micrometre) in the lowest three bits");
        };
    }

    private static Affine sform(NiftiHeader header, double unit) throws ImageException {
        double[] m = header.rows().clone();
        for (int n = 0; n < 12; n++) {
            if (!Double.isFinite(m[n])) {
                throw Refusal.of(header.file(), ROW_NAMES[n / 4] + "[" + n % 4 + "]", m[n], "a finite number");
            }
            m[n] *= unit;
        }
        return affine(header, "srow_x, srow_y, srow_z", m);
    }

    /** The rotation of {@code nifti1.h}, "method 2". */
    private static Affine qform(NiftiHeader header, double unit) throws ImageException {
        String[] names = {"b", "c", "d"};
        for (int n = 0; n < 3; n++) {
            if (!Double.isFinite(header.quaternion()[n])) {
                throw Refusal.of(header.file(), "quatern_" + names[n], header.quaternion()[n], "a finite number");
            }
            if (!Double.isFinite(header.qoffset()[n])) {
                throw Refusal.of(header.file(), "qoffset_" + "xyz".charAt(n), header.qoffset()[n], "a finite number");
            }
        }
        if (Double.isNaN(header.pixdim()[0])) {
            throw Refusal.of(header.file(), "pixdim[0] (qfac)", header.pixdim()[0], "-1 or 1");
        }
        double[] s = spacings(header, unit);
        double[] t = header.qoffset();
        double b = header.quaternion()[0];
        double c = header.quaternion()[1];
        double d = header.quaternion()[2];
        double rest = 1 - (b * b + c * c + d * d);
        if (rest < -QUATERNION_ROUNDING) {
            throw Refusal.of(
                    header.file(),
                    "quatern_b, quatern_c, quatern_d",
                    b + ", " + c + ", " + d,
                    "squares that add up to at most 1");
        }
        if (rest < 0) {
            double length = Math.sqrt(1 - rest);
            b /= length;
            c /= length;
            d /= length;
            rest = 0;
        }
        double a = Math.sqrt(rest);
        double z = header.pixdim()[0] < 0 ? -s[2] : s[2];
        return affine(
                header,
                "qform",
                (a * a + b * b - c * c - d * d) * s[0],
                2 * (b * c - a * d) * s[1],
                2 * (b * d + a * c) * z,
                t[0] * unit,
                2 * (b * c + a * d) * s[0],
                (a * a + c * c - b * b - d * d) * s[1],
                2 * (c * d - a * b) * z,
                t[1] * unit,
                2 * (b * d - a * c) * s[0],
                2 * (c * d + a * b) * s[1],
                (a * a + d * d - c * c - b * b) * z,
                t[2] * unit);
    }

    private static double[] spacings(NiftiHeader header, double unit) throws ImageException {
        double[] spacings = new double[3];
        for (int n = 0; n < 3; n++) {
            double value = header.pixdim()[n + 1];
            if (!(value > 0) || value == Double.POSITIVE_INFINITY) {
                throw Refusal.of(header.file(), "pixdim[" + (n + 1) + "]", value, "a finite number above 0");
            }
            spacings[n] = value * unit;
        }
        return spacings;
    }

    private static Affine affine(NiftiHeader header, String field, double... m) throws ImageException {
        try {
            return Affine.of(m);
        } catch (IllegalArgumentException e) {
            throw new ImageException(
                    Refusal.of(header.file(), field, java.util.Arrays.toString(m) + " mm", "an invertible affine")
                            .getMessage(),
                    e);
        }
    }

    private static void compare(NiftiHeader header, double unit, Affine sform, List<String> warnings) {
        Affine qform;
        try {
            qform = qform(header, unit);
        } catch (ImageException e) {
            String reason = e.getMessage().substring(header.file().length() + 2);
            warnings.add("the qform cannot be used, the sform holds: " + reason);
            return;
        }
        double largest = 0;
        for (int corner = 0; corner < 8; corner++) {
            double i = (corner & 1) * (header.nx() - 1.0);
            double j = (corner >> 1 & 1) * (header.ny() - 1.0);
            double k = (corner >> 2 & 1) * (header.nz() - 1.0);
            double[] p = sform.apply(i, j, k);
            double[] q = qform.apply(i, j, k);
            largest = Math.max(largest, Math.hypot(Math.hypot(p[0] - q[0], p[1] - q[1]), p[2] - q[2]));
        }
        if (!(largest <= LARGEST_DISPLACEMENT)) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "sform and qform place a corner of the image %.4g mm apart; the sform holds",
                    largest));
        }
    }

    private static void compareSpacing(NiftiHeader header, double unit, Affine affine, List<String> warnings) {
        for (int n = 0; n < 3; n++) {
            double stored = header.pixdim()[n + 1] * unit;
            double used = affine.spacing(n);
            // Written so that a NaN counts as a disagreement.
            if (!(Math.abs(stored - used) <= LARGEST_SPACING_DIFFERENCE * used)) {
                warnings.add(String.format(
                        Locale.ROOT,
                        "pixdim[%d] says %.6g mm, the affine %.6g mm; the affine holds",
                        n + 1,
                        stored,
                        used));
            }
        }
    }
}
