"""Structure factors by direct summation with numpy, and the numbers in DensityMapTest.

python3 structure_factors.py 1wcm_rnapii_12subunit.pdb.gz
"""
import gzip
import sys

import numpy as np

# Peng et al. 1996, table 1: five a, five b. Atomic weights: IUPAC 2021.
PENG = {
    "C": [0.0893, 0.2563, 0.7570, 1.0487, 0.3575, 0.2465, 1.7100, 6.4094, 18.6113, 50.2523],
    "N": [0.1022, 0.3219, 0.7982, 0.8197, 0.1715, 0.2451, 1.7481, 6.1925, 17.3894, 48.1431],
    "O": [0.0974, 0.2921, 0.6910, 0.6990, 0.2039, 0.2067, 1.3815, 4.6943, 12.7105, 32.4726],
    "S": [0.2497, 0.5628, 1.3899, 2.1865, 0.7715, 0.2681, 1.6711, 7.0267, 19.5377, 50.3888],
    "MG": [0.2314, 0.6866, 0.9677, 2.1882, 1.1339, 0.3278, 2.2720, 10.9241, 39.2898, 101.9748],
    "ZN": [0.4288, 1.2646, 1.4472, 1.8294, 1.0934, 0.2593, 1.7998, 6.7500, 25.5860, 73.5284],
}
MASS = {"C": 12.011, "N": 14.007, "O": 15.999, "S": 32.06, "MG": 24.305, "ZN": 65.38}
EDGE = 256.0

lines = [l for l in gzip.open(sys.argv[1], "rt") if l.startswith(("ATOM", "HETATM"))]
xyz = np.array([[float(l[30:38]), float(l[38:46]), float(l[46:54])] for l in lines])
b = np.array([float(l[60:66]) for l in lines])
element = [l[76:78].strip() for l in lines]
mass = np.array([MASS[e] for e in element])
centre = (mass[:, None] * xyz).sum(0) / mass.sum()
print("centre of mass", centre)
for hkl in ((0, 0, 0), (1, 0, 0), (0, 3, -4), (-11, 7, 5), (20, 0, 0), (0, 0, 28), (17, -19, 23), (-25, 25, 25)):
    k = np.array(hkl) / EDGE
    k2 = (k**2).sum()
    f = np.array([sum(p[i] * np.exp(-p[5 + i] * k2 / 4) for i in range(5)) for p in (PENG[e] for e in element)])
    total = (f * np.exp(-b * k2 / 4) * np.exp(-2j * np.pi * (xyz - centre) @ k)).sum()
    print(hkl, "%.7g, %.5g" % (total.real, total.imag))
