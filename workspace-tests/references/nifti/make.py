#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Writes small valid NIfTI files with nibabel and records what nibabel reads back from them.

Usage: make.py [DIRECTORY]      (default: the folder of this script)

Every expectation in expected.json is taken from the file after it was loaded again, so that it states what an
independent reader finds on disk, not what this script meant to write.
"""
import gzip
import hashlib
import json
import pathlib
import sys

import nibabel
import numpy

SHAPE = (5, 4, 3)
# A shear-free but oblique affine with three different voxel sizes: a swapped axis, a lost sign or a transposed matrix shows.
OBLIQUE = numpy.array([[-0.96, -0.364, 0.0, 11.5], [-0.28, 1.248, 0.0, -7.25], [0.0, 0.0, 2.0, 3.75], [0, 0, 0, 1.0]])


def rotated(qfac):
    """Rotated about all three axes, so that each component of the quaternion counts."""
    x, y, z = numpy.radians((20, -35, 50))
    sin, cos = numpy.sin, numpy.cos
    turn_x = numpy.array([[1, 0, 0], [0, cos(x), -sin(x)], [0, sin(x), cos(x)]])
    turn_y = numpy.array([[cos(y), 0, sin(y)], [0, 1, 0], [-sin(y), 0, cos(y)]])
    turn_z = numpy.array([[cos(z), -sin(z), 0], [sin(z), cos(z), 0], [0, 0, 1]])
    affine = numpy.eye(4)
    affine[:3, :3] = turn_z @ turn_y @ turn_x @ numpy.diag([1.0, 1.3, 2.0 * qfac])
    affine[:3, 3] = (11.5, -7.25, 3.75)
    return affine


def ramp(dtype, shape=SHAPE):
    """i + 5 j + 20 k, with the type's extremes in the first and the last voxel (in 64 bits: exact as float64)."""
    dtype = numpy.dtype(dtype)
    i, j, k = numpy.meshgrid(*(numpy.arange(n) for n in shape[:3]), indexing="ij")
    values = (i + 5 * j + 20 * k).astype(dtype).reshape(shape)
    first, last = (0,) * len(shape), tuple(n - 1 for n in shape)
    if dtype.kind == "f":
        values = (values / dtype.type(7) - dtype.type(3)).astype(dtype)
        values[first], values[last] = numpy.finfo(dtype).min / 4, numpy.finfo(dtype).max / 4
    else:
        low, high = int(numpy.iinfo(dtype).min), int(numpy.iinfo(dtype).max)
        values[first] = low
        values[last] = high if dtype.itemsize < 8 else high + 1 - 2048
    return values


def image(values, affine=OBLIQUE, version=1, big=False, pair=False):
    classes = {(1, False): nibabel.Nifti1Image, (1, True): nibabel.Nifti1Pair,
               (2, False): nibabel.Nifti2Image, (2, True): nibabel.Nifti2Pair}
    cls = classes[version, pair]
    header = cls.header_class(endianness=">" if big else "<")
    header.set_data_dtype(values.dtype.newbyteorder(">" if big else "<"))
    header.set_xyzt_units("mm", "sec")
    img = cls(values, affine, header)
    if affine is not None:
        img.header.set_sform(affine, code="mni")
        img.header.set_qform(affine, code="scanner")
    return img


def patch(path, edits, size=348):
    """Overwrites header fields in a little-endian file; nibabel refuses to write some legal but unusual headers."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rb") as stream:
        raw = bytearray(stream.read())
    header = nibabel.Nifti1Header(bytes(raw[:size]), check=False)
    for name, value in edits.items():
        header[name] = value
    raw[:size] = header.binaryblock
    path.write_bytes(raw if path.suffix != ".gz" else gzip.compress(bytes(raw), mtime=0))


def main(out):
    out.mkdir(parents=True, exist_ok=True)
    files = {}

    def save(name, img, note):
        nibabel.save(img, out / name)
        files[name] = note

    for i, dtype in enumerate("uint8 int8 int16 uint16 int32 uint32 int64 uint64 float32 float64".split()):
        save(f"nifti1-{dtype}.nii" + (".gz" if i % 2 else ""), image(ramp(dtype)), f"NIfTI-1, {dtype}, little-endian")
    save("nifti1-int16-big-endian.nii", image(ramp("int16"), big=True), "NIfTI-1, int16, big-endian")
    save("nifti1-float64-big-endian.nii.gz", image(ramp("float64"), big=True), "NIfTI-1, float64, big-endian")
    save("nifti1-int32-pair.hdr", image(ramp("int32"), pair=True), "NIfTI-1 pair .hdr + .img")
    save("nifti2-float32.nii", image(ramp("float32"), version=2), "NIfTI-2, float32, little-endian")
    save("nifti2-uint16-big-endian.nii.gz", image(ramp("uint16"), version=2, big=True), "NIfTI-2, uint16, big-endian")
    save("nifti2-int8-pair.hdr", image(ramp("int8"), version=2, pair=True), "NIfTI-2 pair .hdr + .img")

    # Where the header holds a slope, nibabel saves the values that it is given as the raw ones.
    for name, dtype, slope, inter, big in (("nifti1-uint8-scaled.nii", "uint8", 0.5, -10.0, False),
                                           ("nifti1-int16-scaled-big-endian.nii.gz", "int16", 0.25, 100.0, True)):
        img = image(ramp(dtype), big=big)
        img.header.set_slope_inter(slope, inter)
        save(name, img, f"scl_slope {slope}, scl_inter {inter}")
    save("nifti1-slope-zero.nii", image(ramp("int16")), "scl_slope 0 with scl_inter 5: slope 0 means no scaling at all")
    patch(out / "nifti1-slope-zero.nii", {"scl_slope": 0, "scl_inter": 5})
    save("nifti1-slope-nan.nii", image(ramp("int16")), "scl_slope and scl_inter NaN: read by nibabel as no scaling; "
         "seen in the wild")
    patch(out / "nifti1-slope-nan.nii", {"scl_slope": numpy.nan, "scl_inter": numpy.nan})

    sform = OBLIQUE.copy()
    sform[:3, 3] += (4.0, -2.0, 1.0)
    for name, scode, qcode in (("nifti1-sform-qform-disagree.nii", 4, 1), ("nifti1-sform-lower-code.nii", 1, 2)):
        img = image(ramp("uint8"))
        img.set_sform(sform, code=scode)
        img.set_qform(numpy.diag([1.0, 1.3, 2.0, 1.0]), code=qcode)
        save(name, img, f"sform (code {scode}) and qform (code {qcode}) disagree: the sform holds whenever its code is above 0")
    for name, qfac, stored in (("nifti1-qform-qfac-plus.nii", 1, 1), ("nifti1-qform-qfac-minus.nii", -1, -1),
                               ("nifti1-qform-qfac-zero.nii", 1, 0)):
        img = image(ramp("uint8"), rotated(qfac))
        img.set_sform(None, code=0)
        img.set_qform(rotated(qfac), code=1)
        assert img.header["pixdim"][0] == qfac
        save(name, img, f"qform only, pixdim[0] (qfac) {stored}" + (", which counts as 1" if stored == 0 else ""))
        patch(out / name, {"pixdim": [stored, *img.header["pixdim"][1:]]})
    img = image(ramp("uint8"))
    save("nifti1-pixdim-only.nii", img, "neither sform nor qform: 'method 1' of the standard is x = pixdim * i; "
         "nibabel's affine follows SPM's Analyze habit instead (centred, x flipped)")
    patch(out / "nifti1-pixdim-only.nii", {"sform_code": 0, "qform_code": 0, "srow_x": 0, "srow_y": 0, "srow_z": 0})

    save("nifti1-4d-one-volume.nii.gz", image(ramp("float32", SHAPE + (1,))), "4-D with one volume")
    save("nifti1-dim4-zero.nii", image(ramp("uint8")), "dim[0] = 3 and dim[4..7] = 0: entries behind dim[0] do not count")
    patch(out / "nifti1-dim4-zero.nii", {"dim": [3, 5, 4, 3, 0, 0, 0, 0]})
    img = image(ramp("uint8"))
    img.header.extensions.append(nibabel.nifti1.Nifti1Extension("comment", b"an extension of a length that is padded"))
    save("nifti1-extension.nii", img, "a header extension, so vox_offset is above 352")
    metres = OBLIQUE.copy()
    metres[:3] /= 1000
    img = image(ramp("uint8"), metres)
    img.header.set_xyzt_units("meter", "sec")
    save("nifti1-unit-metre.nii", img, "xyzt_units says metre: nibabel leaves the affine as stored, affine_mm is in millimetres")

    expected = {"nibabel": nibabel.__version__, "numpy": numpy.__version__, "files": {
        name: expectation(out / name, note) for name, note in sorted(files.items())}}
    (out / "expected.json").write_text(dump(expected))


def expectation(path, note):
    img = nibabel.load(path)
    raw = type(img).header_class.from_fileobj(nibabel.openers.Opener(img.file_map.get("header", img.file_map["image"]).filename), check=False)
    values = img.get_fdata(dtype=numpy.float64)
    assert numpy.isfinite(values).all()
    flat = values.ravel(order="F")
    unit = img.header.get_xyzt_units()[0]
    millimetres = {"mm": 1.0, "meter": 1000.0, "micron": 0.001, "unknown": 1.0}[unit]
    code = "sform" if raw["sform_code"] > 0 else "qform" if raw["qform_code"] > 0 else "pixdim"
    affine_mm = img.affine * numpy.array([millimetres] * 3 + [1.0])[:, None]
    if code == "pixdim":  # the NIfTI standard's method 1, see the README
        affine_mm = numpy.diag([*(float(z) * millimetres for z in raw["pixdim"][1:4]), 1.0])

    def number(x):
        return None if numpy.isnan(x) else float(x)

    return {
        "note": note,
        "version": 2 if int(raw["sizeof_hdr"]) == 540 else 1,
        "big_endian": raw.endianness == ">",
        "datatype": int(raw["datatype"]),
        "dtype": raw.get_data_dtype().name,
        "shape": list(img.shape),
        "zooms": [float(z) for z in raw["pixdim"][1:4]],
        "xyz_unit": unit,
        "vox_offset": int(raw["vox_offset"]),
        "scl_slope": number(raw["scl_slope"]),
        "scl_inter": number(raw["scl_inter"]),
        "sform_code": int(raw["sform_code"]),
        "qform_code": int(raw["qform_code"]),
        "affine_from": code,
        "affine_nibabel": img.affine.tolist(),
        "affine_mm": affine_mm.tolist(),
        "sum_without_first_and_last": float(flat[1:-1].sum()),
        "min": float(flat.min()),
        "max": float(flat.max()),
        "sha256_float64_little_endian": hashlib.sha256(flat.astype("<f8").tobytes()).hexdigest(),
        "values": flat.tolist(),
    }


def dump(expected):
    """JSON with one line for each field, so that a change is readable in a diff."""
    lines = ["{", *(f"  {json.dumps(k)}: {json.dumps(v)}," for k, v in expected.items() if k != "files"), '  "files": {']
    for i, (name, entry) in enumerate(expected["files"].items()):
        fields = [f"      {json.dumps(k)}: {json.dumps(v)}" for k, v in entry.items()]
        end = "," if i + 1 < len(expected["files"]) else ""
        lines += [f"    {json.dumps(name)}: {{", ",\n".join(fields), f"    }}{end}"]
    return "\n".join(lines + ["  }", "}", ""])


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent))
