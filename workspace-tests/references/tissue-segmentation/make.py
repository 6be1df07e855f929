#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Segments a skull-stripped T1 image into CSF, grey and white matter with two programs: DIPY (hidden Markov random field)
and MIA (fuzzy c-means with intensity non-uniformity correction).

Usage: make.py ch2bet.nii.gz [DIRECTORY]      (default: the folder of this script)
"""
import gzip
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import dipy
import nibabel
import numpy
from dipy.segment.tissue import TissueClassifierHMRF

CLASSES = {"csf": 1, "grey": 2, "white": 3}
BETA, TOLERANCE = 0.1, 0.00001  # smoothness and stopping rule as in DIPY's own tutorial
RESIDUUM = 0.001  # MIA's stopping rule; its default of 0.1 gives the same class centres here


def markov_random_field(image, beta):
    corners = [(max(int(x.min()) - 1, 0), int(x.max()) + 2) for x in numpy.nonzero(image)]
    crop = tuple(slice(a, b) for a, b in corners)
    label = numpy.zeros(image.shape, dtype=numpy.uint8)
    label[crop] = TissueClassifierHMRF().classify(image[crop].astype(float), len(CLASSES), beta, TOLERANCE)[1]
    return label


def fuzzy_c_means(source, image):
    """MIA knows no mask: the background is a fourth class, and inside the brain the most probable of the other three counts."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        nibabel.save(nibabel.Nifti1Image(image, source.affine), folder / "t1.nii")
        subprocess.run(["mia-3dfuzzysegment", "-i", folder / "t1.nii", "-n", str(len(CLASSES) + 1), "-r", str(RESIDUUM), "--threads", "1",
                        "-c", folder / "classes.v", "-o", folder / "corrected.nii"], check=True, capture_output=True)
        raw = (folder / "classes.v").read_bytes()
    start = raw.index(b"\f\n") + 2  # a Vista file: a text header, a form feed, then each image's big-endian values
    images, centres = [], None
    for block in re.findall(r"image: image \{(.*?)\}", raw[:start].decode("latin1"), re.DOTALL):
        field = dict(re.findall(r"([\w-]+): *([^\n]+)", block))
        shape = tuple(int(field[n]) for n in ("nbands", "nrows", "ncolumns"))
        values = numpy.frombuffer(raw, ">f4", int(field["length"]) // 4, start + int(field["data"]))
        images.append(values.reshape(shape).transpose(2, 1, 0))
        centres = [float(c) for c in field["class_centers"].strip('"').split()[1:]]
    assert len(images) == 4 and centres == sorted(centres)
    return numpy.where(image > 0, 1 + numpy.argmax(images[1:], axis=0), 0).astype(numpy.uint8), centres


def summary(label, image):
    """Volumes in voxels (of 1 mm3 here) and the intensities of each class."""
    return {name: {"voxels": int((label == value).sum()), "mean": float(image[label == value].mean()),
                   "standard_deviation": float(image[label == value].std()),
                   "percentiles_5_50_95": [float(p) for p in numpy.percentile(image[label == value], (5, 50, 95))]}
            for name, value in CLASSES.items()}


def dice(a, b):
    return {name: float(2 * ((a == value) & (b == value)).sum() / ((a == value).sum() + (b == value).sum()))
            for name, value in CLASSES.items()}


def main(path, out):
    source = nibabel.load(path)
    image = numpy.asanyarray(source.dataobj)
    field = {beta: markov_random_field(image, beta) for beta in (BETA, 0.05, 0.2)}
    means, centres = fuzzy_c_means(source, image)
    peers = {"dipy-hmrf": field[BETA], "mia-fuzzy-c-means": means}
    for name, label in peers.items():
        assert ((label > 0) == (image > 0)).all()
        intensity = [image[label == value].mean() for value in CLASSES.values()]
        assert intensity == sorted(intensity), "CSF is darkest and white matter brightest in T1"
        result = nibabel.Nifti1Image(label, source.affine)
        result.header.set_xyzt_units("mm")
        (out / f"{name}-labels.nii.gz").write_bytes(gzip.compress(result.to_bytes(), 9, mtime=0))
    mia = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", "mia-tools"], check=True, capture_output=True, text=True).stdout
    (out / "expected.json").write_text(json.dumps({
        "versions": {"python": sys.version.split()[0], "dipy": dipy.__version__, "mia-tools": mia, "numpy": numpy.__version__,
                     "nibabel": nibabel.__version__},
        "labels": CLASSES, "brain_voxels": int((image > 0).sum()),
        "dipy": {"beta": BETA, "tolerance": TOLERANCE}, "mia": {"residuum": RESIDUUM, "class_centres_with_background": centres},
        "classes": {name: summary(label, image) for name, label in peers.items()},
        "dice_between_the_two_programs": dice(*peers.values()),
        "dice_dipy_against_itself_with_other_beta": {str(b): dice(field[BETA], other) for b, other in field.items() if b != BETA},
    }, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else pathlib.Path(__file__).parent))
