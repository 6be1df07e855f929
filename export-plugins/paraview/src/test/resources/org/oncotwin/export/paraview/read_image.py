"""Reads a .vti with VTK and prints what VTK understood; the values of each array go to raw little-endian files.

usage: read_image.py IMAGE.vti OUTPUT_FOLDER
"""
import sys

import vtk
from vtk.util.numpy_support import vtk_to_numpy

reader = vtk.vtkXMLImageDataReader()
reader.SetFileName(sys.argv[1])
reader.Update()
if reader.GetErrorCode() != 0:
    sys.exit("VTK reports error %d" % reader.GetErrorCode())
image = reader.GetOutput()

print("vtk", vtk.vtkVersion.GetVTKVersion())
print("dimensions", *image.GetDimensions())
time = image.GetFieldData().GetArray("TimeValue")
print("time", repr(time.GetValue(0)) if time else "none")
nx, ny, nz = image.GetDimensions()
for i, j, k in [(0, 0, 0), (nx - 1, 0, 0), (0, ny - 1, 0), (nx - 1, ny - 1, nz - 1)]:
    point = [0.0, 0.0, 0.0]
    image.TransformIndexToPhysicalPoint([i, j, k], point)
    print("point", i, j, k, *map(repr, point))
data = image.GetPointData()
for n in range(data.GetNumberOfArrays()):
    array = data.GetArray(n)
    unit = array.GetInformation().Get(vtk.vtkDataArray.UNITS_LABEL())
    print("array", array.GetName(), array.GetDataTypeAsString().replace(" ", "_"), unit if unit else "none")
    values = vtk_to_numpy(array)
    values.astype(values.dtype.newbyteorder("<")).tofile("%s/%d.raw" % (sys.argv[2], n))
