#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes NIfTI files that a reader must refuse, with nothing but Python's standard library.

Usage: make.py [DIRECTORY]           the small files and expected.json (default: the folder of this script)
       make.py --large DIRECTORY     the files that are too large to keep: real gzip bombs and a sparse file

expected.json: file name -> {"field": the header field at fault or null, "outcome": ..., "reason": ...}. Outcomes:
  "refuse"           reading must end in an error
  "refuse-as-input"  the file is well formed, but no grid, mask or initial condition can be made from it
  "either"           a reader may read the image or refuse; memory and time stay bounded all the same
"""
import gzip
import json
import math
import pathlib
import struct
import sys

# NIfTI-1: https://nifti.nimh.nih.gov/pub/dist/src/niftilib/nifti1.h. name -> (offset, struct format)
NIFTI1 = {"sizeof_hdr": (0, "i"), "dim": (40, "8h"), "intent_code": (68, "h"), "datatype": (70, "h"), "bitpix": (72, "h"),
          "pixdim": (76, "8f"), "vox_offset": (108, "f"), "scl_slope": (112, "f"), "scl_inter": (116, "f"),
          "xyzt_units": (123, "B"), "qform_code": (252, "h"), "sform_code": (254, "h"), "quatern": (256, "3f"),
          "qoffset": (268, "3f"), "srow_x": (280, "4f"), "srow_y": (296, "4f"), "srow_z": (312, "4f"), "magic": (344, "4s")}
# NIfTI-2: https://nifti.nimh.nih.gov/pub/dist/doc/nifti2.h
NIFTI2 = {"sizeof_hdr": (0, "i"), "magic": (4, "8s"), "datatype": (12, "h"), "bitpix": (14, "h"), "dim": (16, "8q"),
          "pixdim": (104, "8d"), "vox_offset": (168, "q"), "scl_slope": (176, "d"), "scl_inter": (184, "d"),
          "qform_code": (344, "i"), "sform_code": (348, "i"), "srow_x": (400, "4d"), "srow_y": (416 + 16, "4d"),
          "srow_z": (464, "4d"), "xyzt_units": (500, "i")}
UINT8 = bytes(range(60))
NAN, INF = math.nan, math.inf


def header1(**changes):
    fields = {"sizeof_hdr": 348, "dim": (3, 5, 4, 3, 1, 1, 1, 1), "datatype": 2, "bitpix": 8, "pixdim": (1, 1, 1.3, 2, 0, 0, 0, 0),
              "vox_offset": 352, "scl_slope": 1, "xyzt_units": 2, "sform_code": 1, "srow_x": (1, 0, 0, 0),
              "srow_y": (0, 1.3, 0, 0), "srow_z": (0, 0, 2, 0), "magic": b"n+1\0", **changes}
    return pack(NIFTI1, fields, 348) + bytes(4)  # the four bytes that say whether extensions follow


def header2(**changes):
    fields = {"sizeof_hdr": 540, "magic": b"n+2\0\r\n\x1a\n", "dim": (3, 5, 4, 3, 1, 1, 1, 1), "datatype": 2, "bitpix": 8,
              "pixdim": (1, 1, 1.3, 2, 0, 0, 0, 0), "vox_offset": 544, "scl_slope": 1, "xyzt_units": 2, "sform_code": 1,
              "srow_x": (1, 0, 0, 0), "srow_y": (0, 1.3, 0, 0), "srow_z": (0, 0, 2, 0), **changes}
    return pack(NIFTI2, fields, 540) + bytes(4)


def pack(layout, fields, size):
    raw = bytearray(size)
    for name, value in fields.items():
        offset, form = layout[name]
        struct.pack_into("<" + form, raw, offset, *(value if isinstance(value, tuple) else (value,)))
    return bytes(raw)


def floats(values):
    return struct.pack(f"<{len(values)}f", *values)


def extension(esize, body=b"hostile extension"):
    """A header with the extension flag set and one extension that says it is esize bytes long; the data start at 400."""
    return header1(vox_offset=400)[:348] + b"\1\0\0\0" + struct.pack("<ii", esize, 6) + body.ljust(40, b"\0") + UINT8


def zipped(content):
    return gzip.compress(content, mtime=0)


def small(out):
    expected = {}

    def write(name, content, reason, field=None, outcome="refuse"):
        if content is not None:
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            (out / name).write_bytes(content)
        expected[name] = {"field": field, "outcome": outcome, "reason": reason}

    def wrong(name, field, value, reason, data=UINT8, outcome="refuse", **more):
        write(name, header1(**{field: value}, **more) + data, reason, field, outcome)

    # not NIfTI at all
    write("empty.nii", b"", "the file is empty")
    write("empty.nii.gz", b"", "the file is empty")
    write("gzip-of-nothing.nii.gz", zipped(b""), "the gzip stream holds no byte")
    write("text.nii", b"patient,age\n001,62\n" * 40, "a text file", "sizeof_hdr")
    write("text.nii.gz", b"patient,age\n001,62\n" * 40, "the name says gzip, the content is text")
    write("gzip-of-text.nii.gz", zipped(b"patient,age\n001,62\n" * 40), "gzip of a text file", "sizeof_hdr")
    write("zeros.nii", bytes(1000), "1000 zero bytes", "sizeof_hdr")
    write("directory.nii/placeholder.txt", b"keeps this folder in version control\n", "")
    del expected["directory.nii/placeholder.txt"]
    write("directory.nii", None, "a directory")
    write("missing.nii", None, "the file does not exist")

    # cut short or damaged
    whole = header1() + UINT8
    write("header-truncated.nii", whole[:100], "the header ends after 100 bytes")
    write("header-truncated-nifti2.nii", header2()[:400], "a NIfTI-2 header that ends after 400 bytes")
    write("header-only.nii", whole[:348], "no data behind the header")
    write("data-truncated.nii", whole[:-1], "one byte of data is missing")
    stream = zipped(header1() + bytes((37 * i * i) % 251 for i in range(60)))
    write("gzip-truncated.nii.gz", stream[:-30], "the gzip stream ends in the middle")
    write("gzip-checksum-wrong.nii.gz", stream[:-8] + bytes((stream[-8] ^ 255,)) + stream[-7:], "the checksum of the gzip stream is wrong")
    write("gzip-damaged.nii.gz", stream[:40] + bytes(b ^ 0x5A for b in stream[40:60]) + stream[60:], "the deflate stream is damaged")

    # identity
    wrong("magic-wrong.nii", "magic", b"abc\0", "magic is neither 'n+1' nor 'ni1'")
    wrong("magic-empty.nii", "magic", bytes(4), "an Analyze 7.5 header without the NIfTI magic")
    write("magic-nifti2-text-mode.nii", header2(magic=b"n+2\0\n\n\x1a\n") + UINT8, "the magic shows a transfer in text mode", "magic")
    wrong("sizeof-hdr-wrong.nii", "sizeof_hdr", 349, "sizeof_hdr is 348 in neither byte order")
    wrong("pair-without-image.hdr", "magic", b"ni1\0", "the .img file of the pair is missing", b"", vox_offset=0)
    write("pair-image-truncated.hdr", header1(magic=b"ni1\0", vox_offset=0)[:348], "the .img file is too short")
    write("pair-image-truncated.img", UINT8[:10], "")
    del expected["pair-image-truncated.img"]

    # dimensions
    for name, dim, reason in (
            ("dim-huge", (3, 32767, 32767, 32767, 1, 1, 1, 1), "35 TB of voxels in a file of 412 bytes"),
            ("dim-negative", (3, 5, -4, 3, 1, 1, 1, 1), "dim[2] is negative"),
            ("dim-zero", (3, 5, 0, 3, 1, 1, 1, 1), "dim[2] is zero"),
            ("dim-rank-zero", (0, 5, 4, 3, 1, 1, 1, 1), "dim[0] is 0"),
            ("dim-rank-eight", (8, 5, 4, 3, 1, 1, 1, 1), "dim[0] is above 7"),
            ("dim-rank-negative", (-3, 5, 4, 3, 1, 1, 1, 1), "dim[0] is negative"),
            ("dim-product-int-overflow", (4, 32767, 32767, 2, 2, 1, 1, 1), "the voxel count exceeds 2^31 - 1: it must not wrap around")):
        wrong(name + ".nii", "dim", dim, reason)
    wrong("dim-five.nii", "dim", (5, 5, 4, 3, 2, 2, 1, 1), "5-D: not one volume", bytes(240), "refuse-as-input")
    wrong("dim-four-two-volumes.nii", "dim", (4, 5, 4, 3, 2, 1, 1, 1), "4-D with two volumes: which one?", bytes(120), "refuse-as-input")
    wrong("dim-vector.nii", "dim", (5, 5, 4, 3, 1, 3, 1, 1), "a vector image", bytes(180), "refuse-as-input", intent_code=1007)
    for name, dim, reason in (
            ("nifti2-dim-2-pow-62", (3, 2**62, 1, 1, 1, 1, 1, 1), "2^62 voxels in a row"),
            ("nifti2-dim-product-wraps", (3, 2**32, 2**32, 1, 1, 1, 1, 1), "the product is 2^64, which wraps around to 0 in 64 bits"),
            ("nifti2-dim-product-wraps-small", (3, 2**32 + 1, 2**32 - 1, 1, 1, 1, 1, 1), "the product wraps around to -1 in 64 bits"),
            ("nifti2-dim-int-wraps", (3, 2**32 + 5, 4, 3, 1, 1, 1, 1), "dim[1] is 5 if it is cut to 32 bits"),
            ("nifti2-dim-negative", (3, -(2**63), 4, 3, 1, 1, 1, 1), "dim[1] is the smallest 64-bit integer")):
        write(name + ".nii", header2(dim=dim) + UINT8, reason, "dim")

    # data type
    wrong("bitpix-disagrees.nii", "bitpix", 64, "datatype 4 (int16) has 16 bits, not 64", bytes(480), datatype=4)
    for code, bits, what in ((0, 0, "unknown"), (1, 1, "one bit"), (3, 16, "not defined"), (32, 64, "complex64"), (128, 24, "RGB24"),
                             (1536, 128, "float128"), (1792, 128, "complex128"), (2304, 32, "RGBA32"), (-2, 8, "negative")):
        wrong(f"datatype-{what.replace(' ', '-').lower()}.nii", "datatype", code, f"datatype {code} ({what}) holds no readable scalar",
              bytes(60 * max(1, bits // 8)), bitpix=bits)

    # where the data start
    for name, offset, reason in (
            ("beyond-file", 1e9, "the data start behind the end of the file"), ("negative", -352, "negative"), ("nan", NAN, "not a number"),
            ("infinite", INF, "infinite"), ("in-header", 100, "the data start inside the header"),
            ("fraction", 352.5, "not a whole number"), ("above-long", 1e30, "beyond 64 bits")):
        wrong(f"vox-offset-{name}.nii", "vox_offset", offset, f"vox_offset: {reason}", outcome="either" if name == "fraction" else "refuse")
    write("nifti2-vox-offset-max.nii", header2(vox_offset=2**63 - 1) + UINT8, "vox_offset plus the data length overflows 64 bits", "vox_offset")
    for name, esize, reason in (("negative", -16, "negative: a loop that never ends"), ("zero", 0, "zero: a loop that never ends"),
                                ("not-multiple-of-16", 23, "no multiple of 16"), ("beyond-data", 2**31 - 16, "reaches behind vox_offset")):
        write(f"extension-size-{name}.nii", extension(esize), f"the extension's esize is {reason}", "esize", "either")

    # compression bombs; see --large for real ones
    write("gzip-claims-10-gb.nii.gz", zipped(header1(dim=(3, 1280, 1280, 1525, 1, 1, 1, 1), datatype=16, bitpix=32) + bytes(2**20)),
          "the header claims 10 GB, the stream holds 1 MiB", "dim")
    write("gzip-bomb-behind-image.nii.gz", zipped(whole + bytes(2**25)), "32 MiB of zeros follow an image of 60 bytes", outcome="either")
    write("gzip-nested.nii.gz", zipped(zipped(whole)), "gzip in gzip: unpacking once gives no NIfTI", "sizeof_hdr")

    # values and scaling
    numbers = [float(i) for i in range(60)]
    wrong("data-nan.nii", "datatype", 16, "a value is NaN", floats([NAN, *numbers[1:]]), "refuse-as-input", bitpix=32)
    wrong("data-infinite.nii", "datatype", 16, "a value is infinite", floats([*numbers[:-1], -INF]), "refuse-as-input", bitpix=32)
    wrong("slope-infinite.nii", "scl_slope", INF, "scl_slope is infinite")
    wrong("inter-nan.nii", "scl_inter", NAN, "scl_inter is NaN while scl_slope is 1")
    wrong("inter-infinite.nii", "scl_inter", -INF, "scl_inter is infinite")

    # geometry
    wrong("sform-nan.nii", "srow_y", (NAN, 1.3, 0, 0), "the affine holds NaN")
    wrong("sform-infinite.nii", "srow_x", (1, 0, 0, INF), "the affine holds an infinite value")
    wrong("sform-singular.nii", "srow_z", (1, 1.3, 0, 0), "the affine is singular", srow_y=(0, 1.3, 0, 0))
    wrong("sform-zero.nii", "srow_x", (0.0,) * 4, "the affine is zero", srow_y=(0.0,) * 4, srow_z=(0.0,) * 4)
    wrong("qform-quaternion-nan.nii", "quatern", (NAN, 0, 0), "the quaternion holds NaN", sform_code=0, qform_code=1)
    wrong("qform-quaternion-too-long.nii", "quatern", (2, 2, 2), "b^2 + c^2 + d^2 = 12, above 1: no rotation", sform_code=0, qform_code=1)
    wrong("qform-offset-infinite.nii", "qoffset", (INF, 0, 0), "the offset is infinite", sform_code=0, qform_code=1)
    for name, pixdim in (("zero", (1, 0, 1.3, 2, 0, 0, 0, 0)), ("negative", (1, -1, 1.3, 2, 0, 0, 0, 0)), ("nan", (1, NAN, 1.3, 2, 0, 0, 0, 0))):
        wrong(f"pixdim-{name}.nii", "pixdim", pixdim, f"no sform, no qform and a voxel size that is {name}", sform_code=0, qform_code=0,
              outcome="either" if name == "negative" else "refuse")
    wrong("qform-pixdim-zero.nii", "pixdim", (1, 1, 0, 2, 0, 0, 0, 0), "a qform with a voxel size of zero", sform_code=0, qform_code=1)

    rows = [f"  {json.dumps(name)}: {json.dumps(entry)}" for name, entry in sorted(expected.items())]
    (out / "expected.json").write_text("{\n" + ",\n".join(rows) + "\n}\n")
    return len(expected)


def large(out):
    """Real bombs, written as a stream, so that this script needs little memory itself."""
    block = bytes(2**20)
    for name, head, mebibytes in (
            # 10 MB of gzip that unpack to 10 GB, all of them claimed by the header
            ("gzip-bomb-10-gb.nii.gz", header1(dim=(3, 1280, 1280, 1638, 1, 1, 1, 1), datatype=16, bitpix=32), 10240),
            # the same, but the header claims 60 bytes
            ("gzip-bomb-10-gb-behind-image.nii.gz", header1() + UINT8, 10240),
            # 1 GiB of zeros between the header and the data
            ("gzip-bomb-1-gb-before-image.nii.gz", header1(vox_offset=float(352 + 2**30)), 1025)):
        with gzip.GzipFile(out / name, "wb", mtime=0) as stream:
            stream.write(head)
            for _ in range(mebibytes):
                stream.write(block)
    with open(out / "sparse-35-tb.nii", "wb") as stream:  # a sparse file: every byte that the header claims is "there"
        stream.write(header1(dim=(3, 32767, 32767, 32767, 1, 1, 1, 1)))
        try:
            stream.truncate(352 + 32767**3)
        except OSError as error:  # ext4 ends at 16 TB
            stream.truncate(2**43)
            print(f"sparse-35-tb.nii: {error}; made 8 TB long instead", file=sys.stderr)


def main(arguments):
    is_large = arguments[:1] == ["--large"]
    rest = arguments[1:] if is_large else arguments
    out = pathlib.Path(rest[0]) if rest else pathlib.Path(__file__).parent
    out.mkdir(parents=True, exist_ok=True)
    if is_large:
        large(out)
    else:
        print(f"{small(out)} cases")


if __name__ == "__main__":
    main(sys.argv[1:])
